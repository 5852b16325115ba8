import Table from 'cli-table3';
import type { ContractCounts, SendLogSummary } from './summary';

interface SummaryRow {
  readonly section: 'records' | 'violation' | 'later-unlawful' | 'broken' | 'contract';
  readonly name: string;
  readonly count: number;
}

const countsOf = (name: string, counts: ContractCounts): readonly SummaryRow[] =>
  (['permitted', 'violations', 'laterUnlawful'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => ({ section: 'contract', name: `${name} ${kind}`, count: counts[kind] }));

const rowsBy = (
  section: SummaryRow['section'],
  counts: Readonly<Record<string, number>>,
): readonly SummaryRow[] =>
  Object.entries(counts)
    .sort(([, one], [, other]) => other - one)
    .map(([name, count]) => ({ section, name, count }));

const rowsOf = (summary: SendLogSummary): readonly SummaryRow[] => [
  ...(['records', 'permitted', 'violations', 'laterUnlawful', 'broken'] as const).map((name): SummaryRow => ({
    section: 'records',
    name,
    count: summary[name],
  })),
  ...rowsBy('violation', summary.violationsByReason),
  ...rowsBy('later-unlawful', summary.laterUnlawfulByReason),
  ...rowsBy('broken', summary.brokenByProblem),
  ...[...summary.byContract].flatMap(([contractId, counts]) => countsOf(contractId, counts)),
  ...countsOf('other contracts', summary.otherContracts),
];

/** For people, without the contracts one by one. */
export const summaryAsTable = (summary: SendLogSummary): string => {
  const table = new Table({ head: ['', summary.file, 'count'], style: { head: [], border: [] } });
  for (const { section, name, count } of rowsOf(summary)) {
    if (section !== 'contract') table.push([section, name, { content: String(count), hAlign: 'right' }]);
  }
  const caution = summary.isComplete
    ? ''
    : '\nThe log could not be read to its end: these are counts of a part of it.';
  return `${table.toString()}${caution}`;
};

/** For programs: one object, contracts and their counts as an object. */
export const summaryAsJson = (summary: SendLogSummary): string =>
  JSON.stringify({ ...summary, byContract: Object.fromEntries(summary.byContract) }, null, 2);

/** For spreadsheets: `section,name,count`, CRLF (RFC 4180). No field needs quotes: all are words of closed lists or ids. */
export const summaryAsCsv = (summary: SendLogSummary): string =>
  [
    'section,name,count',
    ...rowsOf(summary).map(({ section, name, count }) => `${section},${name},${count}`),
    `complete,${String(summary.isComplete)},1`,
    '',
  ].join('\r\n');
