import type { InstructionEvent } from '@mandate/domain';
import { derivedUuid, isUuid } from '@mandate/event-sourcing';
import type { ContractCommands } from './contract-commands';
import type { DataSetCommands } from './data-set-commands';
import type { Gates } from './gates';
import type { InstructionCommands } from './instruction-commands';
import type { CommandOptions } from './outcome';

export const contractCommands = ({ contract }: Gates): ContractCommands => ({
  conclude: (input, options) => contract('ConcludeContract', input, options),
  amend: (input, options) => contract('AmendContract', input, options),
  suspend: (input, options) => contract('SuspendContract', input, options),
  resume: (input, options) => contract('ResumeContract', input, options),
  giveTerminationNotice: (input, options) => contract('GiveTerminationNotice', input, options),
  withdrawTerminationNotice: (input, options) => contract('WithdrawTerminationNotice', input, options),
  terminate: (input, options) => contract('TerminateContract', input, options),
  chooseEndOfService: (input, options) => contract('ChooseEndOfService', input, options),
  authoriseIssuer: (input, options) => contract('AuthoriseIssuer', input, options),
  revokeIssuer: (input, options) => contract('RevokeIssuer', input, options),
  announceSubProcessor: (input, options) => contract('AnnounceSubProcessor', input, options),
  authoriseSubProcessor: (input, options) => contract('AuthoriseSubProcessor', input, options),
  objectToSubProcessor: (input, options) => contract('ObjectToSubProcessor', input, options),
  dismissSubProcessor: (input, options) => contract('DismissSubProcessor', input, options),
});

const supersession = (
  events: readonly InstructionEvent[],
): Extract<InstructionEvent, { type: 'InstructionIssued' }>['data'] | undefined => {
  const issued = events.find((event) => event.type === 'InstructionIssued')?.data;
  // An instruction that never takes effect takes nobody's place.
  return issued?.supersedes !== undefined && issued.entitlement === 'authorised' ? issued : undefined;
};

export const instructionCommands = ({ instruction }: Gates): InstructionCommands => {
  /** Notes on the old instruction what the new one already says; the scope goes by either. */
  const noteSupersession = async (
    events: readonly InstructionEvent[],
    options: CommandOptions,
  ): Promise<void> => {
    const issued = supersession(events);
    if (issued?.supersedes === undefined) return;
    const { contractId, instructionId: supersededBy, supersedes: instructionId, content } = issued;
    const input = { contractId, instructionId, supersededBy, effectiveAt: content.interval.from };
    const { actor, correlationId } = options;
    await instruction('SupersedeInstruction', input, {
      actor,
      ...(correlationId === undefined ? {} : { correlationId }),
      ...(isUuid(supersededBy) ? { commandId: derivedUuid('supersede', supersededBy) } : {}),
    });
  };

  return {
    issue: async (input, options) => {
      const result = await instruction('IssueInstruction', input, options);
      if (result.outcome === 'accepted') await noteSupersession(result.events, options);
      return result;
    },
    amend: (input, options) => instruction('AmendInstruction', input, options),
    suspend: (input, options) => instruction('SuspendInstruction', input, options),
    resume: (input, options) => instruction('ResumeInstruction', input, options),
    contest: (input, options) => instruction('ContestInstruction', input, options),
    confirm: (input, options) => instruction('ConfirmInstruction', input, options),
    refuse: (input, options) => instruction('RefuseInstruction', input, options),
    withdraw: (input, options) => instruction('WithdrawInstruction', input, options),
    supersede: (input, options) => instruction('SupersedeInstruction', input, options),
  };
};

export const dataSetCommands = ({ dataSet }: Gates): DataSetCommands => ({
  entrust: (input, options) => dataSet('EntrustDataSet', input, options),
  addRecipients: (input, options) => dataSet('AddRecipients', input, options),
  removeRecipients: (input, options) => dataSet('RemoveRecipients', input, options),
  registerStore: (input, options) => dataSet('RegisterStore', input, options),
  recordProcessing: (input, options) => dataSet('RecordProcessing', input, options),
  restrict: (input, options) => dataSet('RestrictDataSet', input, options),
  withdraw: (input, options) => dataSet('WithdrawDataSet', input, options),
  unrestrict: (input, options) => dataSet('UnrestrictDataSet', input, options),
  eraseRecipient: (input, options) => dataSet('EraseRecipient', input, options),
  noticeSpecialCategory: (input, options) => dataSet('NoticeSpecialCategory', input, options),
  applyRetentionLaw: (input, options) => dataSet('ApplyRetentionLaw', input, options),
  liftRetentionLaw: (input, options) => dataSet('LiftRetentionLaw', input, options),
  recordReturn: (input, options) => dataSet('ReturnDataSet', input, options),
  acknowledgeReturn: (input, options) => dataSet('AcknowledgeReturn', input, options),
});
