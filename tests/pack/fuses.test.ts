import { expect, it } from 'vitest';
import { FUSE_SENTINEL, fuseProblems, readFuses, WANTED_FUSES } from '../../scripts/pack/fuses.ts';

const binary = (wire: string, version = 1) =>
  Buffer.concat([
    Buffer.from(`code ${FUSE_SENTINEL}`),
    Buffer.from([version, wire.length]),
    Buffer.from(`${wire} more code 111`),
  ]);

it('reads each fuse by its place on the wire', () => {
  const fuses = readFuses(binary('00001100'));
  expect(fuses).toMatchObject(WANTED_FUSES);
  expect(fuseProblems(fuses)).toEqual([]);
});

it('names the fuses that are not as wanted', () => {
  expect(fuseProblems(readFuses(binary('10001001')))).toEqual([
    'the fuse runAsNode is not off',
    'the fuse onlyLoadAppFromAsar is not on',
    'the fuse grantFileProtocolExtraPrivileges is not off',
  ]);
});

it('takes a shorter wire for fuses that are missing, and knows no other version', () => {
  expect(fuseProblems(readFuses(binary('0000')))).toContain('the fuse onlyLoadAppFromAsar is not on');
  expect(() => readFuses(binary('0000', 2))).toThrow('version 2');
  expect(() => readFuses(Buffer.from('no wire'))).toThrow('no fuse wire');
  expect(() => readFuses(Buffer.concat([binary('0'), binary('1')]))).toThrow('two fuse wires');
});
