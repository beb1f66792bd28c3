import { ionDecimal, ionStruct } from '../../../simulator/dynamodb/exports/ion';

describe('Ion text', () => {
  it.each([
    ['103', '103.'],
    ['600', '6d2'],
    ['2000', '2d3'],
    ['0', '0.'],
    ['-0.00', '0.'],
    ['1.50', '1.5'],
    ['-12.34', '-12.34'],
    ['0.05', '0.05'],
    ['0.000001', '0.000001'],
    ['0.0000000012', '12d-10'],
    ['1E+100', '1d100'],
    ['-6e2', '-6d2'],
  ])('writes the number %s as the decimal %s', (number, expected) => {
    expect(ionDecimal(number)).toBe(expected);
  });

  it("writes AWS's own example", () => {
    const book = {
      Authors: { SS: ['Author1', 'Author2'] },
      Dimensions: { S: '8.5 x 11.0 x 1.5' },
      Id: { N: '103' },
      InPublication: { BOOL: false },
      PageCount: { N: '600' },
      Title: { S: 'Book 103 Title' },
    };
    expect(ionStruct(book)).toBe(
      '{Authors:$dynamodb_SS::["Author1","Author2"],Dimensions:"8.5 x 11.0 x 1.5",Id:103.,InPublication:false,PageCount:6d2,Title:"Book 103 Title"}',
    );
  });

  it('writes every other type: null, blob, lists, structs, sets of numbers and blobs', () => {
    const hi = Buffer.from('hi');
    const item = {
      none: { NULL: true },
      blob: { B: hi },
      list: { L: [{ S: 'a' }, { M: { n: { N: '1' } } }] },
      numbers: { NS: ['1', '0.5'] },
      blobs: { BS: [hi] },
    };
    expect(ionStruct(item)).toBe(
      '{none:null,blob:{{aGk=}},list:["a",{n:1.}],numbers:$dynamodb_NS::[1.,0.5],blobs:$dynamodb_BS::[{{aGk=}}]}',
    );
  });

  it('keeps a line a line: quotes, newlines and backslashes are escaped', () => {
    expect(ionStruct({ s: { S: 'a"b\nc\\' } })).toBe('{s:"a\\"b\\nc\\\\"}');
  });

  it.each([
    ['order id', "'order id'"],
    ['true', "'true'"],
    ['$1', "'$1'"],
    ["it's", "'it\\'s'"],
    ['a"b', `'a"b'`],
    ['_x9', '_x9'],
  ])('quotes the field name %s where Ion needs it', (name, expected) => {
    expect(ionStruct({ [name]: { BOOL: true } })).toBe(`{${expected}:true}`);
  });
});
