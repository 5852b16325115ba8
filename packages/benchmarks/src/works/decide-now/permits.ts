import type { ProcessingOperation } from '@mandate/domain';
import type { ProcessingScope } from '@mandate/read-models';
import type { Comparison } from '../../comparing/comparison';
import type { Timer } from '../../comparing/timer';
import { askOurs } from '../../decisions/ask-ours';
import type { Ask } from '../../decisions/rivals';
import { asking, atMs } from './asking';

/** The answer with its evidence, a permit, asked for what is allowed; beside the bare look-up, which keeps none. */
export const permits = (
  timer: Timer,
  allowed: readonly ProcessingOperation[],
  { scope, limit }: { readonly scope: ProcessingScope; readonly limit: Ask },
): Comparison => ({
  work: 'decide-now: permit, of what is allowed',
  unit: 'permits/s',
  ours: asking(timer, allowed, (request, at) => scope.permit(request, at).decision === 'allow'),
  limit: asking(timer, allowed, limit),
  peers: [{ name: 'allows', measure: asking(timer, allowed, askOurs(scope)) }],
});

/** What of the requests a scope gives a permit for. */
export const permittedOf = (
  scope: ProcessingScope,
  requests: readonly ProcessingOperation[],
): readonly ProcessingOperation[] =>
  requests.filter((request) => scope.permit(request, atMs).decision === 'allow');
