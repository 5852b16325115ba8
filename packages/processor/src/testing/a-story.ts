// The one contract that the specs tell about, with fixed ids.

export const ids = {
  contract: '11111111-1111-4111-8111-111111111111',
  controller: '22222222-2222-4222-8222-222222222222',
  processor: '33333333-3333-4333-8333-333333333333',
  issuer: '44444444-4444-4444-8444-444444444444',
  instruction: '55555555-5555-4555-8555-555555555555',
  dataSet: '66666666-6666-4666-8666-666666666666',
} as const;

export const by = { actor: 'legal-desk' } as const;

const document = (digit: string, receivedAt: string) => ({
  digest: digit.repeat(64),
  medium: 'signed-document' as const,
  reference: `DPA/2026/${digit}`,
  receivedAt,
});

export const terms = {
  purposes: ['delivery', 'management', 'analytics'],
  categories: ['recipient-contact', 'message-content', 'technical-metadata'],
  channels: ['e-mail', 'sms'],
  countries: ['PL', 'DE'],
  document: document('a', '2025-12-20T10:00:00.000Z'),
  deletion: {
    mode: 'crypto-shredding-and-erasure',
    deadline: { unit: 'days', count: 30 },
    zone: 'Europe/Warsaw',
    backupRetention: { unit: 'days', count: 14 },
  },
} as const;

export const conclusion = {
  contractId: ids.contract,
  controllerId: ids.controller,
  processorId: ids.processor,
  startsAt: { date: '2026-01-01', zone: 'Europe/Warsaw' },
  terms,
  endOfService: 'delete',
  issuers: [ids.issuer],
} as const;

export const instruction = {
  contractId: ids.contract,
  instructionId: ids.instruction,
  content: {
    issuerId: ids.issuer,
    evidence: document('b', '2026-01-02T09:00:00.000Z'),
    grants: [
      {
        clause: '1',
        purposes: ['delivery'],
        categories: ['recipient-contact', 'message-content'],
        channels: ['e-mail'],
        dataSets: 'all',
        countries: ['PL'],
      },
    ],
    legalBasis: 'art-6-1-a-consent',
    interval: { from: '2026-01-02T09:00:00.000Z' },
  },
} as const;

export const dataSet = {
  contractId: ids.contract,
  dataSetId: ids.dataSet,
  source: 'controller',
  categories: ['recipient-contact', 'message-content'],
  recipients: 3,
  manifestDigest: 'c'.repeat(64),
  region: 'PL',
  stores: [
    {
      name: 'recipient-database',
      kind: 'database',
      region: 'PL',
      backupRetention: { unit: 'days', count: 14 },
    },
    { name: 'message-archive', kind: 'files', region: 'PL' },
  ],
} as const;

export const sending = {
  operation: 'process',
  contractId: ids.contract,
  dataSetId: ids.dataSet,
  purpose: 'delivery',
  categories: ['recipient-contact', 'message-content'],
  channel: 'e-mail',
  country: 'PL',
} as const;

export const notice = {
  contractId: ids.contract,
  endsAt: { date: '2026-03-31', zone: 'Europe/Warsaw' },
  ground: 'notice-by-controller',
  notice: document('d', '2026-02-01T09:00:00.000Z'),
} as const;
