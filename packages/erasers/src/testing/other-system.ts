import type { ErasureOrder } from '@mandate/deletion';
import type { DataSetPlace } from '@mandate/deletion/testing';
import type { Clock } from '@mandate/event-sourcing';
import { createPublicKey, verify } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signAcknowledgement, type ErasureStatement } from '../external-system/acknowledgement';
import { signedText } from '../external-system/http-eraser';
import { ourKey, theirKey } from './keys';

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a system does instead of answering. */
export type Misbehaviour = (
  request: { readonly method: string; readonly path: string; readonly reply: Reply },
  response: ServerResponse,
) => Reply | 'nothing-more' | Promise<Reply | 'nothing-more'>;

/** Another system with items in it, on a port of this machine. */
export interface OtherSystem {
  readonly endpoint: string;
  readonly items: Map<string, readonly string[]>;
  /** Every request that came, as `POST /opengdpr_requests`. */
  readonly requests: readonly string[];
  misbehaves: Misbehaviour | undefined;
  readonly close: () => Promise<void>;
}

export const placeOf = ({ contractId, dataSetId }: DataSetPlace): string => `${contractId}/${dataSetId}`;

interface Body {
  readonly subject_request_id: ErasureOrder['idempotencyKey'];
  readonly extensions: {
    readonly mandate: {
      readonly contract_id: ErasureOrder['contractId'];
      readonly data_set_id: ErasureOrder['dataSetId'];
      readonly store: ErasureOrder['store'];
    };
  };
}

const orderIn = ({ subject_request_id, extensions: { mandate } }: Body): ErasureOrder => ({
  contractId: mandate.contract_id,
  dataSetId: mandate.data_set_id,
  store: mandate.store,
  idempotencyKey: subject_request_id,
});

const textOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

const isOurs = (request: IncomingMessage, text: string): boolean =>
  verify(
    null,
    Buffer.from(signedText(request.method ?? '', request.url ?? '', text), 'utf8'),
    createPublicKey(ourKey),
    Buffer.from(String(request.headers['x-mandate-signature']), 'base64'),
  );

/** What is on record of a request: asked for the first time it is pending, asked again it has been done. */
interface Request {
  readonly order: ErasureOrder;
  asked: number;
  statement?: ErasureStatement;
}

const fulfil = (items: OtherSystem['items'], { order }: Request, clock: Clock): ErasureStatement => {
  const firstActionAt = clock();
  const found = items.get(placeOf(order))?.length ?? 0;
  items.delete(placeOf(order));
  return { method: 'row-deletion', found, erased: found, firstActionAt, lastActionAt: clock() };
};

const statusOf = (items: OtherSystem['items'], request: Request | undefined, clock: Clock): Reply => {
  if (request === undefined) return { status: 404, body: { error: 'unknown' } };
  request.asked += 1;
  if (request.asked === 1) return { status: 200, body: { request_status: 'pending' } };
  request.statement ??= fulfil(items, request, clock);
  const acknowledgement = signAcknowledgement(request.order, request.statement, theirKey);
  return { status: 200, body: { request_status: 'completed', acknowledgement } };
};

export const startOtherSystem = async (clock: Clock): Promise<OtherSystem> => {
  const items = new Map<string, readonly string[]>();
  const known = new Map<string, Request>();
  const requests: string[] = [];

  const replyTo = (request: IncomingMessage, text: string): Reply => {
    if (!isOurs(request, text)) return { status: 401, body: {} };
    if (request.method === 'GET') {
      return statusOf(items, known.get(request.url?.split('/').at(-1) ?? ''), clock);
    }
    const order = orderIn(JSON.parse(text) as Body);
    if (known.has(order.idempotencyKey)) return { status: 409, body: {} };
    known.set(order.idempotencyKey, { order, asked: 0 });
    return { status: 201, body: { subject_request_id: order.idempotencyKey } };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const text = await textOf(request);
    const { method = '', url: path = '' } = request;
    requests.push(`${method} ${path}`);
    const reply = replyTo(request, text);
    const sent = (await system.misbehaves?.({ method, path, reply }, response)) ?? reply;
    if (sent === 'nothing-more') return;
    response.writeHead(sent.status, { 'content-type': 'application/json', ...sent.headers });
    response.end(typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body));
  };

  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const system: OtherSystem = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/privacy`,
    items,
    requests,
    misbehaves: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return system;
};
