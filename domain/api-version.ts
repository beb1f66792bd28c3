/** Version of every JSON document that Undrop gives out; members are only ever added under one version. */
export const apiVersion = 'undrop/v1';
