import type { CheckedCertificate } from './chapters/certificate';
import type { Aftermath } from './chapters/nothing-left';
import { plannedLog, type ExpectedCounts } from './generating/planned-log';
import { malformedLines } from './generating/recipients-csv';
import { untouchedLog, type LogTally, type RunRecord } from './run-record';
import { encodingsToFind } from './scanning/scanner-proof';

type CertifiedDataSet = CheckedCertificate['certificate']['contents']['dataSets'][number];

/** Something that has to hold in the end. */
export interface Check {
  readonly what: string;
  readonly expected: string | number;
  readonly found: string | number;
}

export const holds = ({ expected, found }: Check): boolean => expected === found;

const check = (what: string, expected: string | number, found: string | number | undefined): Check => ({
  what,
  expected,
  found: found ?? 'nothing',
});

/** Commands that the rules have to refuse, with the reason. */
const expectedRefusals = [
  'wider-than-the-contract',
  'legal-basis-not-asserted',
  'notice-already-given',
  'contract-ended',
].join(', ');

const checksOfInput = ({ scale, commands, lists }: RunRecord): readonly Check[] => [
  check('refused commands', expectedRefusals, commands.flatMap(({ code }) => code ?? []).join(', ')),
  check('recipients taken in', scale.recipients, lists[0]?.recipients),
  check('malformed lines rejected', malformedLines, lists[0]?.rejected.length),
];

const linesOf = (tallies: readonly { readonly lines: number }[]): number =>
  tallies.reduce((sum, { lines }) => sum + lines, 0);

const checksOfDenials = (expected: ExpectedCounts['byCode'], log: LogTally): readonly Check[] => {
  const found = new Map(log.denials.map(({ code, lines }) => [code, lines]));
  const codes = [...new Set([...Object.keys(expected), ...found.keys()])].toSorted();
  return codes.map((code) => check(`denied: ${code}`, expected[code] ?? 0, found.get(code) ?? 0));
};

const checksOfLog = ({ scale, log = untouchedLog, hindsight }: RunRecord): readonly Check[] => {
  const { expected } = plannedLog(scale.sends);
  return [
    check('lines of the log read', scale.sends, log.place.lines),
    check('lines decided, each once', scale.sends, log.decided),
    check('lines allowed', expected.allowed, log.allowed),
    check('lines allowed by a clause', expected.allowed, linesOf(log.clauses)),
    check('lines denied', expected.denied, log.denied),
    ...checksOfDenials(expected.byCode, log),
    check('judged by what was known then', 'allow', hindsight?.knownThen),
    check('judged by what is known now', 'instruction-withdrawn', hindsight?.knownNow),
  ];
};

/** Every store erased as many items as the platform had counted in it. */
const checksOfStores = (
  held: Readonly<Record<string, number>>,
  dataSet: CertifiedDataSet | undefined,
): readonly Check[] => {
  const erased = new Map<string, number>(dataSet?.stores.map(({ name, receipt }) => [name, receipt.erased]));
  return [
    check('stores on the certificate', Object.keys(held).length, erased.size),
    ...Object.entries(held).map(([store, items]) =>
      check(`items of ${store} erased`, items, erased.get(store)),
    ),
  ];
};

const checksOfCertificate = (
  { scale, held = {}, log = untouchedLog }: RunRecord,
  checked: CheckedCertificate | undefined,
): readonly Check[] => {
  if (checked === undefined) return [check('certificate', 'there is one', 'none')];
  const { contents } = checked.certificate;
  const [dataSet] = contents.dataSets;
  const { operations } = contents;
  return [
    check('certificate', 'genuine', checked.verification.verdict),
    check('certificate with one count changed', 'not-genuine', checked.verificationWhenChanged.verdict),
    check('certificate status', 'complete-except-dated-remainder', contents.status),
    check('sends kept in delivery-events', log.allowed, held['delivery-events']),
    check('recipients on the certificate', scale.recipients, dataSet?.recipients),
    check('sends on the certificate', log.allowed, operations['handed-over'] + operations.failed),
    ...checksOfStores(held, dataSet),
  ];
};

const checksOfRemains = ({ scanBefore }: RunRecord, aftermath: Aftermath): readonly Check[] => [
  check('planted values found before the deletion', planted(scanBefore), scanBefore?.valuesFound),
  check('planted values outside the upload before', 0, scanBefore?.valuesOutsideTheUpload),
  check('planted values found after the deletion', 0, aftermath.scan.valuesFound),
  check(
    'encodings in which the scanner finds',
    encodingsToFind.join(', '),
    aftermath.encodingsFound.join(', '),
  ),
  check('one more newsletter', 'contract-ended', denied(aftermath.newsletterDeniedBecause)),
  check("a deleted recipient's address", 'erased', aftermath.deletedRecipient),
  check('an address of the other customer', 'decrypted', aftermath.otherCustomersRecipient),
];

const planted = (scan: RunRecord['scanBefore']): number => scan?.valuesPlanted ?? 1;

const denied = (codes: readonly string[]): string =>
  codes.find((code) => code === 'contract-ended') ?? codes.join();

/** Everything that has to hold, with what was found. */
export const checksOf = (
  record: RunRecord,
  checked: CheckedCertificate | undefined,
  aftermath: Aftermath,
): readonly Check[] => [
  ...checksOfInput(record),
  ...checksOfLog(record),
  ...checksOfCertificate(record, checked),
  ...checksOfRemains(record, aftermath),
];
