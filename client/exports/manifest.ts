/** What a reader needs of manifest-summary.json. */
export interface ManifestSummary {
  exportArn?: string;
  manifestFilesS3Key: string;
  itemCount: number;
  outputFormat: string;
  exportType?: string;
}

/** One line of manifest-files.json. */
export interface ManifestFile {
  itemCount: number;
  /** MD5 of the data file as it lies in S3, base64. */
  md5Checksum: string;
  dataFileS3Key: string;
}

/** @throws SyntaxError for text that is no summary. */
export function parseSummary(text: string): ManifestSummary {
  const { manifestFilesS3Key, itemCount, outputFormat, ...rest } = record(text);
  if (typeof manifestFilesS3Key !== 'string' || typeof itemCount !== 'number')
    throw new SyntaxError('it has no manifestFilesS3Key or itemCount');
  return {
    manifestFilesS3Key,
    itemCount,
    outputFormat: typeof outputFormat === 'string' ? outputFormat : 'DYNAMODB_JSON',
    ...(typeof rest.exportArn === 'string' && { exportArn: rest.exportArn }),
    ...(typeof rest.exportType === 'string' && { exportType: rest.exportType }),
  };
}

/** @throws SyntaxError for a line that tells no data file with its checksum. */
export function parseFiles(text: string): ManifestFile[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const { itemCount, md5Checksum, dataFileS3Key } = record(line);
      if (
        typeof itemCount !== 'number' ||
        typeof md5Checksum !== 'string' ||
        typeof dataFileS3Key !== 'string'
      )
        throw new SyntaxError('it has a line without itemCount, md5Checksum or dataFileS3Key');
      return { itemCount, md5Checksum, dataFileS3Key };
    });
}

const record = (text: string) => (JSON.parse(text) ?? {}) as Record<string, unknown>;
