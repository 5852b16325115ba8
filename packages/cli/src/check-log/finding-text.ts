import type { SendLogFinding } from '@mandate/audit';
import type { ExplanationLanguage } from '@mandate/domain';
import type { EventBehind } from '@mandate/read-models';

const words = {
  en: {
    line: 'line',
    at: 'at',
    violation: 'violation',
    'later-unlawful': 'unlawful by what was recorded later',
    broken: 'could not be checked',
    events: 'By these events:',
    turned: 'It came to lie outside with:',
    permittedNow: 'What was recorded later would permit it, and does not make it lawful.',
  },
  pl: {
    line: 'wiersz',
    at: 'w chwili',
    violation: 'naruszenie',
    'later-unlawful': 'niezgodne według tego, co zapisano później',
    broken: 'nie można sprawdzić',
    events: 'Na podstawie zdarzeń:',
    turned: 'Znalazło się poza zakresem przez:',
    permittedNow: 'To, co zapisano później, pozwalałoby na to, lecz nie czyni tego zgodnym z prawem.',
  },
} as const;

const eventLine = ({ recordedAt, type, stream, position }: EventBehind): string =>
  `    ${recordedAt} ${type} ${stream} ${position}`;

const listed = (title: string, events: readonly EventBehind[]): readonly string[] =>
  events.length === 0 ? [] : [`  ${title}`, ...events.map(eventLine)];

type FoundOperation = Exclude<SendLogFinding, { finding: 'broken' }>;

const afterwards = (found: FoundOperation, word: (typeof words)[ExplanationLanguage]): readonly string[] => {
  if (found.finding === 'later-unlawful') return listed(word.turned, found.laterEvents);
  return found.isPermittedByWhatIsKnownNow ? [`  ${word.permittedNow}`] : [];
};

/** A finding as lines of text: where it stands in the log, why with the article, and the events that prove it. */
export const textOfFinding = (found: SendLogFinding, language: ExplanationLanguage): string => {
  const word = words[language];
  const place = `${found.file}, ${word.line} ${found.line}: ${word[found.finding]}`;
  if (found.finding === 'broken') return `${place} (${found.problem}): ${found.sentence}\n`;
  return [
    `${place}, ${word.at} ${found.at}`,
    ...found.reasons.map(({ sentence, article }) => `  - ${sentence} (${article})`),
    ...listed(word.events, found.events),
    ...afterwards(found, word),
    '',
  ].join('\n');
};
