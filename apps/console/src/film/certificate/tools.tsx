import { KeyValues } from '../../design/key-values.tsx';
import { formatBytes, formatCount } from '../../format/quantities.ts';
import { Section } from '../../layout/section.tsx';
import type { Certificate } from './certificate.ts';
import './tools.css';

/** With what it was made, and the hashes of all files. */
export function Tools({ certificate: { jobId, source, toolVersions, files } }: { certificate: Certificate }) {
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return (
    <Section title="Tools and files">
      <KeyValues
        entries={[
          ...Object.entries(toolVersions),
          ['Job', <code key="job">{jobId}</code>],
          ['Version of the upload', source.versionId && <code key="version">{source.versionId}</code>],
          ['Files', `${formatCount(files.length, 'file')}, ${formatBytes(sizeBytes)}`],
        ]}
      />
      <details className="tools-files">
        <summary>SHA-256 of each file</summary>
        <ul>
          {files.map(({ path, sha256 }) => (
            <li key={path}>
              <code>{sha256}</code> {path}
            </li>
          ))}
        </ul>
      </details>
    </Section>
  );
}
