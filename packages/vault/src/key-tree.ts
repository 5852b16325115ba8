import type { KeyParent, KeyPath } from './key-path';
import { keyLevelOf } from './key-path';
import type { KeyCounts, StoredKey } from './key-store';

interface Node {
  key: StoredKey | null;
  readonly children: Map<string, Node>;
}

const newNode = (): Node => ({ key: null, children: new Map() });

const COUNTED_AS = { contract: 'contracts', 'data-set': 'dataSets', recipient: 'recipients' } as const;

/** Stored keys by place. Knows nothing of fences. */
export class KeyTree {
  readonly #root: Node = newNode();

  get(path: KeyPath): StoredKey | undefined {
    return this.#find(path)?.key ?? undefined;
  }

  set(key: StoredKey): void {
    let node = this.#root;
    for (const id of key.path) {
      const child = node.children.get(id) ?? newNode();
      node.children.set(id, child);
      node = child;
    }
    node.key = key;
  }

  /** Overwrites and forgets the key and everything beneath. Returns how many there were. */
  remove(path: KeyPath): KeyCounts {
    const counts = this.count(path);
    for (const key of keysIn(this.#find(path))) key.wrapped.fill(0);
    const parent: KeyParent = path.length === 1 ? [] : path.length === 2 ? [path[0]] : [path[0], path[1]];
    this.#find(parent)?.children.delete(path[path.length - 1] ?? '');
    return counts;
  }

  count(path: KeyPath): KeyCounts {
    const counts = { contracts: 0, dataSets: 0, recipients: 0 };
    for (const key of keysIn(this.#find(path))) counts[COUNTED_AS[keyLevelOf(key.path)]] += 1;
    return counts;
  }

  /** Ordered by id. */
  childrenOf(parent: KeyParent): readonly StoredKey[] {
    const children = this.#find(parent)?.children ?? new Map<string, Node>();
    return [...children.keys()]
      .sort()
      .map((id) => children.get(id)?.key ?? null)
      .filter((key) => key !== null);
  }

  all(): readonly StoredKey[] {
    return [...keysIn(this.#root)];
  }

  #find(path: KeyParent | KeyPath): Node | undefined {
    let node: Node | undefined = this.#root;
    for (const id of path) node = node?.children.get(id);
    return node;
  }
}

function* keysIn(node: Node | undefined): Generator<StoredKey> {
  if (node === undefined) return;
  if (node.key !== null) yield node.key;
  for (const child of node.children.values()) yield* keysIn(child);
}
