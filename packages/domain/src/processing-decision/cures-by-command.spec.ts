import { describe, expect, it } from '@jest/globals';
import { decideFromHistory, followedBy, type History, type MandateCommand } from '../testing';
import {
  conclusion,
  contractId,
  curedDenials,
  dataSetId,
  entrusting,
  issuance,
  poland,
  today,
  World,
  type Asked,
  type CuredDenial,
} from '../testing/scenery';
import { cureOfDenial } from './cures';
import type { DenialCode } from './reasons';
import type { ProcessingRequest } from './request';

/** How the cure in words names each command that is part of one. */
const named: Partial<Readonly<Record<MandateCommand['type'], RegExp>>> = {
  ConcludeContract: /contract .*is concluded/,
  AmendContract: /amend the contract/,
  ResumeContract: /contract is resumed/,
  WithdrawTerminationNotice: /notice of termination is withdrawn/,
  TerminateContract: /contract ends/,
  AuthoriseIssuer: /authorises the issuer/,
  AuthoriseSubProcessor: /authorises (?:the sub-processor|it)|authorised by the controller/,
  DismissSubProcessor: /dismissed/,
  IssueInstruction: /instruction|gives a new one/,
  AmendInstruction: /amends/,
  ResumeInstruction: /instruction is resumed/,
  ConfirmInstruction: /confirms/,
  EntrustDataSet: /entrusts/,
  UnrestrictDataSet: /lifts the restriction/,
};

const codesOf = (history: History, { request, at = today }: Asked): readonly string[] => {
  const asked = {
    ...{ operation: 'process', contractId, dataSetId, purpose: 'delivery', country: poland },
    ...{ categories: ['recipient-contact'], channel: 'e-mail' },
    ...request,
  } as ProcessingRequest;
  const decision = decideFromHistory(history, { request: asked, validAt: at, knownAt: today });
  return decision.decision === 'allow' ? [] : decision.reasons.map(({ reason }) => reason);
};

/** The world once every command was accepted. */
const after = (commands: readonly MandateCommand[]): History => {
  const world = new World(today);
  for (const command of commands) {
    const before = world.history.length;
    world.do(command);
    expect([command.type, world.history.length]).toEqual([command.type, before + 1]);
  }
  return world.history;
};

describe('what is said to remove a reason', () => {
  it.each(Object.entries<CuredDenial>(curedDenials))(
    'removes it, and is a command that the cure names: %s',
    (code, example) => {
      const { instruction = issuance().command, trouble = [], recorded = [], commands = [] } = example;
      const beginning = [conclusion().command, instruction, entrusting().command, ...trouble];
      const broken = followedBy(after(beginning), recorded);
      expect(codesOf(broken, example)).toContain(code);
      const put = followedBy(after([...beginning, ...commands]), recorded);
      expect(codesOf(put, example.instead ?? example)).not.toContain(code);
      for (const { type } of commands) expect(cureOfDenial(code as DenialCode)).toMatch(named[type] ?? /^$/);
    },
  );
});
