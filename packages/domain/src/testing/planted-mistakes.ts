import { isWithin } from '../vocabulary';
import { decideFromHistory } from './decide-from-history';
import { clockChanges, shifted } from './instants';
import type { PlantedMistake } from './planted-mistake';
import { historyMistakes } from './planted-mistakes-of-reading';
import { nthDigest } from './values';

const hourMs = 3_600_000;
const [, autumn] = clockChanges;
const summer = { from: clockChanges[0], until: autumn };

const answerMistakes: readonly PlantedMistake[] = [
  {
    title: 'allows what it does not know',
    breaks: [1, 9],
    decide: (history, question) => {
      const decision = decideFromHistory(history, question);
      const { contractId } = question.request;
      return decision.decision === 'deny' && decision.reasons[0].reason === 'contract-unknown'
        ? {
            decision: 'allow',
            bases: [{ kind: 'contract', contractId, operation: 'store', documentDigest: nthDigest(0) }],
          }
        : decision;
    },
  },
  {
    title: 'takes the end of an interval as still inside',
    breaks: [2, 5, 9],
    decide: (history, question) => {
      const before = decideFromHistory(history, { ...question, validAt: shifted(question.validAt, -1) });
      return before.decision === 'allow' ? before : decideFromHistory(history, question);
    },
  },
  {
    title: 'takes the first millisecond as still outside',
    breaks: [5, 9],
    decide: (history, question) => {
      const before = decideFromHistory(history, { ...question, validAt: shifted(question.validAt, -1) });
      return before.decision === 'deny' ? before : decideFromHistory(history, question);
    },
  },
  {
    title: 'is an hour late in summer',
    breaks: [5, 9],
    decide: (history, question) => {
      const { validAt } = question;
      const read = isWithin(summer, validAt) ? shifted(validAt, -hourMs) : validAt;
      return decideFromHistory(history, { ...question, validAt: read });
    },
  },
  {
    title: 'knows already what is recorded later',
    breaks: [7, 8, 9],
    decide: (history, question) =>
      decideFromHistory(history, {
        ...question,
        knownAt: '9999-01-01T00:00:00.000Z' as typeof question.knownAt,
      }),
  },
  {
    title: 'stores for ever',
    breaks: [9, 11],
    decide: (history, question) => {
      const { request } = question;
      return decideFromHistory(
        history,
        request.operation === 'store'
          ? { ...question, request: { ...request, operation: 'secure' } }
          : question,
      );
    },
  },
  {
    title: 'cites the first instruction of the contract, whichever it rests on',
    breaks: [2, 25],
    decide: (history, question) => {
      const decision = decideFromHistory(history, question);
      if (decision.decision === 'deny') return decision;
      const first = history.find(
        ({ event }) =>
          event.type === 'InstructionIssued' && event.data.contractId === question.request.contractId,
      )?.event;
      const [basis, ...others] = decision.bases;
      return first?.type === 'InstructionIssued' && basis.kind === 'instruction'
        ? { decision: 'allow', bases: [{ ...basis, instructionId: first.data.instructionId }, ...others] }
        : decision;
    },
  },
  {
    title: 'denies a channel for a reason that is none',
    breaks: [9, 26],
    decide: (history, question) =>
      question.request.operation === 'process' && question.request.channel === 'e-mail'
        ? { decision: 'deny', reasons: [{ reason: 'contract-suspended' }] }
        : decideFromHistory(history, question),
  },
  {
    title: 'names the first reason only',
    breaks: [9],
    decide: (history, question) => {
      const decision = decideFromHistory(history, question);
      return decision.decision === 'deny' ? { decision: 'deny', reasons: [decision.reasons[0]] } : decision;
    },
  },
];

/** Mistakes of many kinds, each of which some law notices. */
export const plantedMistakes: readonly PlantedMistake[] = [...answerMistakes, ...historyMistakes];
