import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readDefinition } from '../../client/schedules/valid-definition';
import { expandInput } from '../../domain/scheduled-input';

const page = readFileSync(path.join(__dirname, '..', '..', 'docs', 'schedules.md'), 'utf8');

describe('docs/schedules.md', () => {
  it('has a file of schedules that is accepted as it stands', () => {
    const [, yaml = ''] = /```yaml\n([^`]+)```/.exec(page)!;
    const { schedules } = parse(yaml) as { schedules: unknown[] };
    expect(schedules).toHaveLength(2);
    for (const one of schedules) expect(readDefinition(one, Date.now())).toHaveProperty('definition');
  });

  it('has templates that are templates', () => {
    const templates = [...page.matchAll(/\{\{scheduled[^}]*\}\}/g)].map(([text]) => text);
    expect(templates.length).toBeGreaterThan(8);
    expect(expandInput(templates, Date.now())).toMatchObject({ ok: true });
  });
});
