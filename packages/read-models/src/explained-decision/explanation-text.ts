import type { ContractStanding, ExplanationLanguage } from '@mandate/domain';
import type { ExplainedDecision } from './explained-decision';

const words = {
  en: {
    allow: 'Allowed',
    deny: 'Denied',
    at: 'at',
    contract: 'Contract',
    document: 'processing terms',
    instruction: 'Instruction',
    version: 'version',
    clause: 'clause',
    evidence: 'evidence',
    cure: 'What would change this:',
    holds: 'The same from',
    until: 'until',
    always: 'any earlier time',
    open: 'something is recorded',
    events: 'By these events:',
  },
  pl: {
    allow: 'Dozwolone',
    deny: 'Niedozwolone',
    at: 'w chwili',
    contract: 'Umowa',
    document: 'umowa powierzenia',
    instruction: 'Udokumentowane polecenie',
    version: 'wersja',
    clause: 'postanowienie',
    evidence: 'dowód',
    cure: 'Co by to zmieniło:',
    holds: 'Tak samo od',
    until: 'do',
    always: 'dowolnej wcześniejszej chwili',
    open: 'następnego zapisu',
    events: 'Na podstawie zdarzeń:',
  },
} as const;

const standings: Readonly<Record<ExplanationLanguage, Readonly<Record<ContractStanding, string>>>> = {
  en: {
    'not-started': 'not started',
    'in-force': 'in force',
    suspended: 'suspended',
    ended: 'ended',
    closed: 'closed',
  },
  pl: {
    'not-started': 'jeszcze nie obowiązuje',
    'in-force': 'obowiązuje',
    suspended: 'zawieszona',
    ended: 'zakończona',
    closed: 'zamknięta',
  },
};

type Ground = ExplainedDecision['grounds'][number];

const groundIn = (ground: Ground, language: ExplanationLanguage): string => {
  const word = words[language];
  return ground.kind === 'instruction'
    ? `- ${ground.category}: ${word.instruction} ${ground.instructionId}, ${word.version} ${ground.version}, ${word.clause} ${ground.clause}; ${word.evidence} sha256:${ground.evidenceDigest}`
    : `- ${ground.operation}: ${word.contract} ${ground.contractId}; ${word.document} sha256:${ground.documentDigest}`;
};

/** An explained decision as lines of text for a person. */
export const textOfExplanation = (
  explained: ExplainedDecision,
  language: ExplanationLanguage = 'en',
): string => {
  const word = words[language];
  const { decision, validAt, contract, grounds, reasons, holds, events } = explained;
  return [
    `${word[decision]} ${word.at} ${validAt}.`,
    ...(contract === undefined
      ? []
      : [`${word.contract} ${contract.contractId}: ${standings[language][contract.standing]}.`]),
    ...grounds.map((ground) => groundIn(ground, language)),
    ...reasons.flatMap(({ article, sentence, cure }) => [
      `- ${sentence[language]} (${article})`,
      `  ${word.cure} ${cure[language]}`,
    ]),
    `${word.holds} ${holds.from ?? word.always} ${word.until} ${holds.until ?? word.open}.`,
    ...(events.length === 0 ? [] : [word.events]),
    ...events.map(
      ({ type, stream, position, recordedAt }) => `- ${recordedAt} ${type} ${stream} ${position}`,
    ),
  ].join('\n');
};
