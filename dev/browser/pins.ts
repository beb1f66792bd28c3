/** A package of the npm registry, by what is in it: a version says nothing that a hash does not say better. */
export interface PinnedPackage {
  name: string;
  version: string;
  /** As `npm view <name>@<version> dist.integrity` prints it. */
  integrity: string;
  /** Of the archive, for telling people what they wait for. */
  megabytes: number;
}

/**
 * Chromium's headless shell for x64 Linux, compressed, with the few libraries that a bare system lacks. Its JavaScript
 * is not used, so its wish for a newer Node does not matter.
 */
export const chromiumPackage: PinnedPackage = {
  name: '@sparticuz/chromium',
  version: '153.0.0',
  integrity:
    'sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==',
  megabytes: 70,
};

/** Letters and the signs of the card, for machines that have no fonts at all. */
export const fontsPackage: PinnedPackage = {
  name: 'dejavu-fonts-ttf',
  version: '2.37.3',
  integrity:
    'sha512-f1hd7jJbeQa1VWcw+K2KrTXS50zTMaHpVC4XIKJpNcDeYR5ajMtj/iLlQDYNvLOKamUB3ARVVCf79lNwNVztSQ==',
  megabytes: 5,
};
