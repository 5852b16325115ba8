/** The stores of the platform, as `data-sets.json` registers them. */
export const storeNames = [
  'upload',
  'recipient-database',
  'message-archive',
  'delivery-events',
  'suppression-list',
] as const;

export type StoreName = (typeof storeNames)[number];
