/** One line of manifest-files.json, as DynamoDB writes it (docs/aws-notes.md, 20). */
export interface ManifestFile {
  itemCount: number;
  /** S3's ETag of the object; of a multipart upload it is no MD5, but it is still the object's own. */
  etag?: string;
  dataFileS3Key: string;
}

export interface ManifestSummary {
  exportArn: string;
  manifestFilesS3Key: string;
  itemCount: number;
  billedSizeBytes?: number;
  outputFormat?: string;
  /** Of an incremental export: the type, its window and what it holds of each item. */
  exportType?: string;
  exportFromTime?: string;
  exportToTime?: string;
  outputView?: string;
}

/** @throws SyntaxError for text that is no manifest summary. */
export function parseManifestSummary(text: string): ManifestSummary {
  const parsed = fields<ManifestSummary>(text);
  if (typeof parsed.manifestFilesS3Key !== 'string' || typeof parsed.itemCount !== 'number') {
    throw new SyntaxError('manifest-summary.json has no manifestFilesS3Key or itemCount');
  }
  return parsed as ManifestSummary;
}

/** @throws SyntaxError for a line that names no data file. */
export function parseManifestFiles(text: string): ManifestFile[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const parsed = fields<ManifestFile>(line);
      if (typeof parsed.dataFileS3Key !== 'string' || typeof parsed.itemCount !== 'number') {
        throw new SyntaxError('manifest-files.json has a line without dataFileS3Key or itemCount');
      }
      return parsed as ManifestFile;
    });
}

/** The fields of a JSON object; none for JSON that is no object. */
const fields = <T>(text: string): Partial<T> => (JSON.parse(text) as Partial<T> | null) ?? {};
