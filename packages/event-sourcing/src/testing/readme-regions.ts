import { readFileSync } from 'node:fs';

export type Region = readonly [name: string, text: string];

/** The parts of a source that a README shows, without their indentation and as they would stand in one file. */
export const regionsIn = (file: string): readonly Region[] =>
  [...readFileSync(file, 'utf8').matchAll(/^( *)\/\/ #region (\w+)\n([\s\S]*?)^ *\/\/ #endregion/gm)].map(
    ([, indent = '', name = '', text = '']) => [
      name,
      text.replaceAll(new RegExp(`^${indent}`, 'gm'), '').replaceAll(/^export /gm, ''),
    ],
  );
