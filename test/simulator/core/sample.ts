import type { Shape } from '../../../simulator/core/codec/service-model';

/** Shapes that contain themselves end here. */
const deepest = 5;

/**
 * A value with every member set, for any shape of a service model; different for each member, so that a mix-up shows.
 * Of a union only one member can be set: `pick` says which.
 */
export function sampleOf(shape: Shape, path: string, pick = 0, depth = 0): unknown {
  switch (shape.kind) {
    case 'structure': {
      const members =
        shape.union && shape.members.length > 0
          ? [shape.members[(pick + depth) % shape.members.length]!]
          : shape.members;
      return Object.fromEntries(
        members
          .map(
            ({ name, shape: member }) =>
              [name, sampleAt(member, `${path}.${name}`, pick, depth + 1)] as const,
          )
          .filter(([, value]) => value !== undefined),
      );
    }
    case 'list':
      return [0, 1].map((index) => sampleOf(shape.item, `${path}[${index}]`, pick + index, depth + 1));
    case 'map':
      return { first: sampleOf(shape.value, `${path}.first`, pick, depth + 1) };
    case 'timestamp':
      return new Date(Date.UTC(2026, 2, 1, 10, path.length % 60, 7, shape.format === 'http-date' ? 0 : 250));
    case 'number':
      return 1000 + path.length;
    case 'boolean':
      return path.length % 2 === 0;
    case 'blob':
      return new Uint8Array(Buffer.from(path));
    case 'string':
      return `${path} <&> "é"`;
    default:
      return undefined;
  }
}

function sampleAt(shape: Shape, path: string, pick: number, depth: number): unknown {
  const nests = shape.kind === 'structure' || shape.kind === 'list' || shape.kind === 'map';
  return nests && depth > deepest ? undefined : sampleOf(shape, path, pick, depth);
}
