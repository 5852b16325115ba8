import type { Instant } from '@mandate/event-sourcing';
import {
  earlierOf,
  type CertificateId,
  type ContractId,
  type ControllerId,
  type EndOfServiceChoice,
  type Interval,
  type IssuerId,
  type LegalDate,
  type SubProcessorId,
  type TerminationGround,
} from '../vocabulary';
import type { ContractConcluded, ContractEvent } from './events';
import type { ContractTerms } from './terms';

export interface EffectiveTerms {
  readonly effectiveAt: Instant;
  readonly terms: ContractTerms;
}

export interface IssuerAuthority {
  readonly issuerId: IssuerId;
  readonly interval: Interval;
}

export type SubProcessorStanding =
  | { readonly standing: 'announced'; readonly objectionUntil: LegalDate }
  | { readonly standing: 'authorised' }
  | { readonly standing: 'objected' }
  | { readonly standing: 'dismissed'; readonly dismissedAt: Instant };

/** What was agreed, as far as later decisions depend on it. */
export interface Agreement {
  readonly contractId: ContractId;
  readonly controllerId: ControllerId;
  readonly startsAt: LegalDate;
  /** In order; each holds from its instant until the next one's. */
  readonly terms: readonly EffectiveTerms[];
  readonly endOfService: EndOfServiceChoice;
  readonly issuers: readonly IssuerAuthority[];
  readonly subProcessors: ReadonlyMap<SubProcessorId, SubProcessorStanding>;
  readonly suspendedAt?: Instant;
  /** When the last resumption takes effect; the next suspension comes after it. */
  readonly resumedAt?: Instant;
  readonly notice?: { readonly endsAt: LegalDate; readonly ground: TerminationGround };
}

export type Contract =
  | { readonly status: 'none' }
  | { readonly status: 'concluded'; readonly agreement: Agreement }
  | { readonly status: 'terminated'; readonly agreement: Agreement; readonly endedAt: LegalDate }
  | {
      readonly status: 'closed';
      readonly agreement: Agreement;
      readonly endedAt: LegalDate;
      readonly certificateId: CertificateId;
    };

export const initialContract: Contract = { status: 'none' };

/** When the contract ends or ended, as far as is known: its termination, or else the notice. */
export const endOf = (contract: Contract): LegalDate | undefined => {
  switch (contract.status) {
    case 'none':
      return undefined;
    case 'concluded':
      return contract.agreement.notice?.endsAt;
    case 'terminated':
    case 'closed':
      return contract.endedAt;
  }
};

const withAgreement = (contract: Contract, change: (agreement: Agreement) => Agreement): Contract =>
  contract.status === 'none' ? contract : { ...contract, agreement: change(contract.agreement) };

const withStanding = (
  contract: Contract,
  subProcessorId: SubProcessorId,
  standing: SubProcessorStanding,
): Contract =>
  withAgreement(contract, (agreement) => ({
    ...agreement,
    subProcessors: new Map(agreement.subProcessors).set(subProcessorId, standing),
  }));

const withoutNotice = ({ notice: _notice, ...agreement }: Agreement): Agreement => agreement;

const withoutSuspension = ({ suspendedAt: _suspendedAt, ...agreement }: Agreement): Agreement => agreement;

/** An authority as it stands after a revocation at `effectiveAt`. */
const revokedAt = (authority: IssuerAuthority, effectiveAt: Instant): IssuerAuthority => {
  const { from, until } = authority.interval;
  return until !== undefined && until <= effectiveAt
    ? authority
    : { ...authority, interval: { from, until: effectiveAt } };
};

/** Instructions may be given as soon as the terms are signed, for the time from the start on. */
export const issuersFromTheStart = ({
  issuers,
  startsAt,
  terms,
}: Pick<ContractConcluded['data'], 'issuers' | 'startsAt' | 'terms'>): readonly IssuerAuthority[] => {
  const { receivedAt } = terms.document;
  const from = receivedAt < startsAt.at ? receivedAt : startsAt.at;
  return issuers.map((issuerId) => ({ issuerId, interval: { from } }));
};

const concluded = (data: ContractConcluded['data']): Contract => ({
  status: 'concluded',
  agreement: {
    contractId: data.contractId,
    controllerId: data.controllerId,
    startsAt: data.startsAt,
    terms: [{ effectiveAt: data.startsAt.at, terms: data.terms }],
    endOfService: data.endOfService,
    issuers: issuersFromTheStart(data),
    subProcessors: new Map(),
  },
});

export const evolve = (contract: Contract, event: ContractEvent): Contract => {
  switch (event.type) {
    case 'ContractConcluded':
      return concluded(event.data);
    case 'ContractAmended': {
      const { effectiveAt, terms } = event.data;
      return withAgreement(contract, (agreement) => ({
        ...agreement,
        terms: [
          ...agreement.terms.filter((earlier) => earlier.effectiveAt < effectiveAt),
          { effectiveAt, terms },
        ],
      }));
    }
    case 'ContractSuspended': {
      const { effectiveAt } = event.data;
      return withAgreement(contract, (agreement) => ({
        ...agreement,
        suspendedAt: earlierOf(agreement.suspendedAt, effectiveAt),
      }));
    }
    case 'ContractResumed': {
      const { effectiveAt } = event.data;
      return withAgreement(contract, (agreement) => ({
        ...withoutSuspension(agreement),
        resumedAt: effectiveAt,
      }));
    }
    case 'TerminationNoticeGiven': {
      const { endsAt, ground } = event.data;
      return withAgreement(contract, (agreement) => ({ ...agreement, notice: { endsAt, ground } }));
    }
    case 'TerminationNoticeWithdrawn':
      return withAgreement(contract, withoutNotice);
    case 'ContractTerminated':
      return contract.status === 'none'
        ? contract
        : { status: 'terminated', agreement: contract.agreement, endedAt: event.data.endedAt };
    case 'ContractClosed':
      return contract.status === 'terminated'
        ? { ...contract, status: 'closed', certificateId: event.data.certificateId }
        : contract;
    case 'EndOfServiceChosen':
      return withAgreement(contract, (agreement) => ({ ...agreement, endOfService: event.data.choice }));
    case 'IssuerAuthorised': {
      const { issuerId, interval } = event.data;
      return withAgreement(contract, (agreement) => ({
        ...agreement,
        issuers: [...agreement.issuers, { issuerId, interval }],
      }));
    }
    case 'IssuerRevoked': {
      const { issuerId, effectiveAt } = event.data;
      return withAgreement(contract, (agreement) => ({
        ...agreement,
        issuers: agreement.issuers.map((authority) =>
          authority.issuerId === issuerId ? revokedAt(authority, effectiveAt) : authority,
        ),
      }));
    }
    case 'SubProcessorAnnounced': {
      const { subProcessorId, objectionUntil } = event.data;
      return withStanding(contract, subProcessorId, { standing: 'announced', objectionUntil });
    }
    case 'SubProcessorAuthorised':
      return withStanding(contract, event.data.subProcessorId, { standing: 'authorised' });
    case 'SubProcessorObjected':
      return withStanding(contract, event.data.subProcessorId, { standing: 'objected' });
    case 'SubProcessorDismissed':
      return withStanding(contract, event.data.subProcessorId, {
        standing: 'dismissed',
        dismissedAt: event.data.effectiveAt,
      });
  }
};
