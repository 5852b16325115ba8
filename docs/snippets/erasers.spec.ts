import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSqliteDatabase, signAcknowledgement } from '@mandate/erasers';
import { createMasterKeyFile, instantOf, masterKeyFromFile, type ErasureOrder } from '@mandate/processor';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openService, type Service } from './erasers';

const by = { actor: 'legal-desk' };
const contractId = '0b7d1c6e-8a55-4c8e-9b1e-3f6a1f0c2d11';
const dataSetId = '5f0f8a4e-37f5-4f4b-8d0e-6a1f7f6c9e22';
const digest = (digit: string): string => digit.repeat(64);
const canary = 'anna.canary@example.com';

const document = { digest: digest('3'), medium: 'electronic-signature', reference: 'DPA/2026/17' } as const;

const conclusion = {
  contractId,
  controllerId: '1f0e2d3c-4b5a-4697-8879-6a5b4c3d2e01',
  processorId: '2a1b3c4d-5e6f-4708-9192-a3b4c5d6e7f8',
  startsAt: { date: '2026-01-01', zone: 'Europe/Warsaw' },
  terms: {
    purposes: ['delivery'],
    categories: ['recipient-contact'],
    channels: ['sms'],
    countries: ['PL'],
    document: { ...document, receivedAt: '2025-12-20T10:00:00.000Z' },
    deletion: {
      mode: 'crypto-shredding-and-erasure',
      deadline: { unit: 'days', count: 30 },
      zone: 'Europe/Warsaw',
      backupRetention: { unit: 'days', count: 14 },
    },
  },
  endOfService: 'delete',
  issuers: ['7e57ab1e-0000-4000-8000-000000000001'],
} as const;

const dataSet = {
  contractId,
  dataSetId,
  source: 'controller',
  categories: ['recipient-contact'],
  recipients: 2,
  manifestDigest: digest('4'),
  region: 'PL',
  stores: [
    { name: 'recipient-database', kind: 'database', region: 'PL' },
    { name: 'exports', kind: 'export', region: 'PL' },
    { name: 'sms-gateway', kind: 'external-system', region: 'PL' },
    { name: 'staff-copies', kind: 'files', region: 'PL' },
  ],
} as const;

const notice = {
  contractId,
  endsAt: { date: '2026-03-31', zone: 'Europe/Warsaw' },
  ground: 'notice-by-controller',
  notice: {
    digest: digest('d'),
    medium: 'signed-document',
    reference: 'TRM/2026/4',
    receivedAt: '2026-01-02T10:00:00.000Z',
  },
} as const;

let now = instantOf(Date.parse('2026-01-02T10:00:00.000Z'));
const clock = () => now;

/** A sub-processor that erases at once and says so. */
const startGateway = async (privateKey: KeyObject): Promise<Server> => {
  let order: ErasureOrder | undefined;
  const server = createServer((request, response) => {
    void (async () => {
      let text = '';
      for await (const part of request) text += String(part);
      if (text !== '') {
        const { subject_request_id: idempotencyKey } = JSON.parse(text) as Record<string, string>;
        order = { contractId, dataSetId, store: 'sms-gateway', idempotencyKey } as unknown as ErasureOrder;
      }
      const times = { firstActionAt: now, lastActionAt: now };
      const statement = { method: 'row-deletion', found: 2, erased: 2, ...times } as const;
      const acknowledgement =
        order === undefined ? undefined : signAcknowledgement(order, statement, privateKey);
      response.writeHead(order === undefined ? 404 : 200);
      response.end(JSON.stringify({ request_status: 'completed', acknowledgement }));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
};

const createDatabase = (file: string): void => {
  const database = openSqliteDatabase(file);
  database.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE recipient (contract_id TEXT, data_set_id TEXT, address TEXT);
    CREATE TABLE click (contract_id TEXT, data_set_id TEXT, link TEXT);
    INSERT INTO recipient VALUES ('${contractId}', '${dataSetId}', '${canary}');
    INSERT INTO click VALUES ('${contractId}', '${dataSetId}', '/offer?${canary}');`);
  database.close();
};

const createService = async (folder: string, endpoint: string, gatewayKey: KeyObject): Promise<Service> => {
  createDatabase(join(folder, 'platform.db'));
  const exports = join(folder, 'exports', contractId, dataSetId);
  await mkdir(exports, { recursive: true });
  await writeFile(join(exports, `${canary}.csv`), canary);
  await createMasterKeyFile(join(folder, 'master-key'));
  return {
    folder,
    masterKey: await masterKeyFromFile(join(folder, 'master-key')),
    databaseFile: join(folder, 'platform.db'),
    exportFolder: join(folder, 'exports'),
    smsEndpoint: endpoint,
    smsPublicKey: gatewayKey.export({ type: 'spki', format: 'pem' }).toString(),
    requestKey: generateKeyPairSync('ed25519').privateKey,
    clock,
  };
};

const everyByte = async (folder: string): Promise<Buffer> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const names = Buffer.from(entries.map(({ name }) => name).join());
  return Buffer.concat([
    names,
    ...(await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name))))),
  ]);
};

const endTheService = async (service: Service) => {
  const { processor, attestations } = await openService(service);
  await processor.contracts.conclude(conclusion, by);
  expect(await processor.dataSets.entrust(dataSet, by)).toMatchObject({ outcome: 'accepted' });
  await processor.contracts.giveTerminationNotice(notice, by);
  await processor.deletions.run();
  now = instantOf(Date.parse('2026-03-30T22:00:00.000Z'));
  await processor.deletions.run();
  const waiting = processor.deletions.outstanding();
  expect(waiting).toMatchObject([{ step: 'erase-store', store: 'staff-copies' }]);

  const [awaited] = await attestations.outstanding();
  const done = { method: 'attestation', found: 1, erased: 1, firstActionAt: now, lastActionAt: now };
  const attestation = {
    order: awaited?.order,
    attestedBy: 'records-clerk-7',
    ...done,
    evidenceDigest: digest('e'),
  };
  expect(await attestations.record(attestation)).toMatchObject({ outcome: 'recorded' });
  now = instantOf(Date.parse('2026-03-31T08:00:00.000Z'));
  await processor.deletions.run();
  const certificate = await processor.deletions.certificate(contractId);
  await processor.close();
  return certificate;
};

describe('a service with an eraser for every store', () => {
  let folder: string;
  let gateway: Server;
  const keys = generateKeyPairSync('ed25519');
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mandate-'));
    gateway = await startGateway(keys.privateKey);
  });
  afterAll(async () => {
    gateway.close();
    await rm(folder, { recursive: true });
  });

  it('ends in a certificate with four receipts, and the address is in no file and no name of one', async () => {
    const endpoint = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
    const service = await createService(folder, endpoint, keys.publicKey);
    expect((await everyByte(folder)).includes(canary)).toBe(true);
    const certificate = await endTheService(service);
    const receipts = certificate?.contents.dataSets[0]?.stores.map(({ name, receipt }) => [
      ...[name, receipt.method, receipt.erased, receipt.verification],
    ]);
    expect(receipts?.sort()).toEqual([
      ['exports', 'file-deletion', 1, 'recounted'],
      ['recipient-database', 'row-deletion', 2, 'recounted'],
      ['sms-gateway', 'row-deletion', 2, 'attested'],
      ['staff-copies', 'attestation', 1, 'attested'],
    ]);
    expect((await everyByte(folder)).includes(canary)).toBe(false);
  });

  it('stands in the README of @mandate/erasers as it runs here', async () => {
    const page = await readFile(join(__dirname, '../../packages/erasers/README.md'), 'utf8');
    const source = await readFile(join(__dirname, 'erasers.ts'), 'utf8');
    const [, region] = /^\/\/ #region wire\n([\s\S]*?)^\/\/ #endregion/m.exec(source) ?? [];
    expect(page).toContain(region?.trim());
  });
});
