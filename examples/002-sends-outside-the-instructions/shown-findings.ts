import type { SendLogFinding } from '@mandate/audit';
import { placeOf } from '@mandate/event-sourcing';
import type { CheckedLog } from './checked-log';
import { kindsOfSends } from './kinds-of-sends';
import type { PlannedLine } from './send-log';

const reasonsOf = (found: SendLogFinding): readonly string[] => {
  if (found.finding === 'broken') return [found.sentence];
  return [...new Set(found.reasons.map(({ sentence, article }) => `${sentence} (${article})`))];
};

const proofOf = (found: SendLogFinding): readonly string[] => {
  if (found.finding === 'broken') return [];
  const events = found.events.map(
    ({ type, position }) => `${type} (position ${placeOf(position).join('.')})`,
  );
  const late = found.finding === 'later-unlawful' ? found.laterEvents : [];
  return [
    `proven by ${events.join(', ')}`,
    ...late.map(({ type, recordedAt }) => `${type} was recorded at ${recordedAt}, after the send`),
  ];
};

const placeIn = (found: SendLogFinding): string =>
  `${found.file}, line ${found.line}${found.finding === 'broken' ? '' : `, ${found.at}`}`;

/** For each kind of send that was found to be outside: how many, and the first one with its reasons and its proof. */
export const shownFindings = (lines: readonly PlannedLine[], { byLine }: CheckedLog): readonly string[] =>
  kindsOfSends.flatMap(({ name, expected }) => {
    const found = lines.flatMap(({ kind }, index) => {
      const finding = kind.name === name ? byLine.get(index + 1) : undefined;
      return finding === undefined ? [] : [finding];
    });
    const [first] = found;
    if (first === undefined) return expected.finding === 'permitted' ? [] : [`\n${name}: nothing found`];
    const details = [...reasonsOf(first), ...proofOf(first)];
    return [
      `\n${name}: ${found.length} × ${first.finding}, first in ${placeIn(first)}`,
      ...details.map((detail) => `  ${detail}`),
    ];
  });
