import { LiveBlock } from '../../../client/cli/live';

function terminal(size: { columns: number; rows?: number }) {
  let written = '';
  const out = { ...size, write: (text: string) => void (written += text) };
  const drawn = () => {
    const text = written;
    written = '';
    // eslint-disable-next-line no-control-regex -- control sequences are what is looked at
    return { text, up: Number(/\u001b\[(\d+)A/.exec(text)?.[1] ?? 0), lines: text.split('\n').length - 1 };
  };
  return { out, drawn };
}

describe('a block that is drawn in place', () => {
  it('goes up as many lines as it drew, whatever it draws next', () => {
    const { out, drawn } = terminal({ columns: 80 });
    const block = new LiveBlock(out);
    block.draw(['a', 'b', 'c']);
    expect(drawn()).toMatchObject({ up: 0, lines: 3 });
    block.draw(['a']);
    expect(drawn()).toMatchObject({ up: 3, lines: 1 });
    block.clear();
    expect(drawn().up).toBe(1);
  });

  it('is never higher than the terminal: the first line and the last ones stay', () => {
    const { out, drawn } = terminal({ columns: 80, rows: 5 });
    new LiveBlock(out).draw(['title', '1', '2', '3', '4', '5']);
    const { text, lines } = drawn();
    expect(lines).toBe(4);
    expect(text).toMatch(/title\n.*…\n.*4\n.*5\n/);
  });

  it('starts anew below after a resize, when nobody knows how many lines there are', () => {
    const { out, drawn } = terminal({ columns: 80 });
    const block = new LiveBlock(out);
    block.draw(['a', 'b']);
    drawn();
    out.columns = 40;
    block.draw(['a', 'b']);
    expect(drawn().up).toBe(0);
    block.draw(['a', 'b']);
    expect(drawn().up).toBe(2);
  });
});
