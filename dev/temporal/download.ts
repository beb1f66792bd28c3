import { createWriteStream } from 'node:fs';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable, Transform } from 'node:stream';
import { runCommand } from './run-command';
import { cliVersion } from './versions';

export interface DownloadOptions {
  platform: NodeJS.Platform;
  arch: string;
  onProgress: (message: string) => void;
  /** The address that tells where the archive is, `<origin>/cli/v<version>`; another one in tests. */
  origin?: string;
  /** How long a connection may stay silent, default 5 s: without a network the next way is tried soon. */
  silenceMs?: number;
}

interface ArchivePlace {
  archiveUrl: string;
  fileToExtract: string;
}

const platforms: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};
const architectures: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Downloads the Temporal CLI to `target` from where the Temporal SDKs get it.
 * @throws Error when there is no build for this machine, no network, no answer in time, or no such file in the archive.
 */
export async function downloadCli(target: string, options: DownloadOptions): Promise<void> {
  const { origin = 'https://temporal.download', silenceMs = 5_000, onProgress } = options;
  const platform = platforms[options.platform];
  const arch = architectures[options.arch];
  if (!platform || !arch) throw new Error(`there is none for ${options.platform} on ${options.arch}`);
  const address = `${origin}/cli/v${cliVersion}?platform=${platform}&arch=${arch}&format=tar.gz`;
  const place = await findArchive(address, silenceMs);
  onProgress(`downloading Temporal CLI ${cliVersion} from ${new URL(place.archiveUrl).host}`);
  const folder = `${target}.unpacked`;
  const archive = path.join(folder, 'archive.tar.gz');
  await mkdir(folder, { recursive: true });
  try {
    await fetchTo(archive, place.archiveUrl, silenceMs, onProgress);
    const unpacked = await runCommand('tar', ['-xzf', archive, '-C', folder, place.fileToExtract], {
      timeoutMs: 60_000,
    });
    if (!unpacked.ok)
      throw new Error(`archive not unpacked [file=${place.fileToExtract}]: ${unpacked.reason}`);
    await chmod(path.join(folder, place.fileToExtract), 0o755);
    await rename(path.join(folder, place.fileToExtract), target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function findArchive(address: string, silenceMs: number): Promise<ArchivePlace> {
  const response = await request(address, AbortSignal.timeout(silenceMs), silenceMs);
  const body: unknown = await response.json().catch(() => undefined);
  const { archiveUrl, fileToExtract } = (body ?? {}) as Partial<ArchivePlace>;
  if (typeof archiveUrl !== 'string' || typeof fileToExtract !== 'string') {
    throw new Error(`unexpected answer [address=${address}]: no archiveUrl and fileToExtract in it`);
  }
  return { archiveUrl, fileToExtract };
}

async function fetchTo(
  file: string,
  address: string,
  silenceMs: number,
  onProgress: (message: string) => void,
): Promise<void> {
  const abort = new AbortController();
  let silence = setTimeout(() => abort.abort(), silenceMs);
  const started = Date.now();
  let bytes = 0;
  let nextWord = started + 3_000;
  try {
    const response = await request(address, abort.signal, silenceMs);
    const total = Number(response.headers.get('content-length') ?? 0);
    const watch = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        clearTimeout(silence);
        silence = setTimeout(() => abort.abort(), silenceMs);
        bytes += chunk.length;
        if (Date.now() >= nextWord) {
          nextWord = Date.now() + 3_000;
          onProgress(`downloaded ${megabytes(bytes)}${total ? ` of ${megabytes(total)}` : ''}`);
        }
        done(null, chunk);
      },
    });
    await pipeline(Readable.fromWeb(response.body as never), watch, createWriteStream(file)).catch(
      (error) => {
        throw new Error(describeNetwork(error, address, silenceMs), { cause: error });
      },
    );
  } finally {
    clearTimeout(silence);
  }
}

async function request(address: string, signal: AbortSignal, silenceMs: number): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address, { signal });
  } catch (error) {
    throw new Error(describeNetwork(error, address, silenceMs), { cause: error });
  }
  if (!response.ok) throw new Error(`answer ${response.status} [address=${address}]`);
  return response;
}

function describeNetwork(error: unknown, address: string, silenceMs: number): string {
  const { name, message, cause } = error as Error & { cause?: Error };
  const silent = name === 'TimeoutError' || name === 'AbortError';
  return `no answer [host=${new URL(address).host}]: ${
    silent ? `silent for ${silenceMs / 1000} s` : (cause?.message ?? message)
  }`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
