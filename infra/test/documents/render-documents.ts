import { readFileSync } from 'node:fs';
import { profileRuleSchema, profileSchema, uploadOptionsSchema } from '@fyrestream/events';
import { deployPolicy, managedTypes } from '../deploy-policy/deploy-policy.ts';
import type { Recording } from '../recording/recorded-resource.ts';
import { encodingCostTable, idleCostTable } from './cost-tables.ts';
import { editorSchemas } from './editor-schemas.ts';
import { fieldTable } from './field-table.ts';
import { infrastructureGraph } from './infrastructure-graph.ts';
import { renderMermaid } from './render-mermaid.ts';
import { renderSvg } from './render-svg.ts';
import { settingsTable } from './settings-table.ts';

/** A file of the repository with its generated content. */
export interface Document {
  readonly file: URL;
  readonly text: string;
}

/** A document has no markers for a generated part. */
class MarkerMissing extends Error {}

const documents = new URL('../../../docs/', import.meta.url);

/** Renders the policy of the deploying identity, from a recording of a stack with all features. */
export function renderDeployPolicy(...recordings: readonly Recording[]): Document {
  const policy = deployPolicy(managedTypes(...recordings));
  return { file: new URL('deploy-policy.json', documents), text: `${JSON.stringify(policy, null, 2)}\n` };
}

/** Renders all generated parts of `docs`, from the code and the recording of a stack. */
export async function renderDocuments(drawn: Recording): Promise<Document[]> {
  const graph = infrastructureGraph(drawn);
  const parts: [file: string, Record<string, string>][] = [
    ['infrastructure.md', { diagram: `\`\`\`mermaid\n${renderMermaid(graph)}\n\`\`\`` }],
    ['settings.md', { settings: settingsTable() }],
    [
      'profiles.md',
      {
        profile: fieldTable(profileSchema),
        rule: fieldTable(profileRuleSchema),
        options: fieldTable(uploadOptionsSchema),
      },
    ],
    ['operating.md', { 'idle-cost': idleCostTable(), 'encoding-cost': encodingCostTable() }],
  ];
  return [
    ...parts.map(([name, generated]) => fillIn(new URL(name, documents), generated)),
    { file: new URL('infrastructure.svg', documents), text: await renderSvg(graph) },
    ...Object.entries(editorSchemas()).map(([name, schema]) => ({
      file: new URL(`schemas/${name}`, documents),
      text: `${JSON.stringify(schema, null, 2)}\n`,
    })),
  ];
}

/** Replaces the text between `<!-- generated: NAME -->` and `<!-- end -->`. @throws MarkerMissing */
function fillIn(file: URL, generated: Readonly<Record<string, string>>): Document {
  let text = readFileSync(file, 'utf8');
  for (const [name, part] of Object.entries(generated)) {
    const marker = new RegExp(`(<!-- generated: ${name} -->\n)[^]*?(<!-- end -->)`);
    if (!marker.test(text)) throw new MarkerMissing(`${file.pathname} has no marker for ${name}`);
    text = text.replace(marker, (_all, start, end) => `${start}\n${part}\n\n${end}`);
  }
  return { file, text };
}
