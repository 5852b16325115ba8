import { masterKeyFromBytes } from './master-key';
import type { MasterKey } from './master-key';
import { VaultError } from './vault-error';

const HEX = /^[0-9A-Fa-f]{64}$/;
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;

/** How a master key is written: 32 bytes as 64 hexadecimal digits or as base64 (44 characters). */
export const masterKeyFromText = (text: string, source: string): MasterKey => {
  const trimmed = text.trim();
  if (!HEX.test(trimmed) && !BASE64.test(trimmed)) {
    throw new VaultError(
      'master-key-malformed',
      `${source} must hold 32 bytes as 64 hexadecimal digits or as base64 of 44 characters; ` +
        `found ${trimmed.length} characters that are neither. Write a new one with createMasterKeyFile.`,
    );
  }
  const bytes = Buffer.from(trimmed, HEX.test(trimmed) ? 'hex' : 'base64');
  try {
    return masterKeyFromBytes(bytes);
  } finally {
    bytes.fill(0);
  }
};

/**
 * The master key from an environment variable: 32 bytes as hex or base64. The variable stays readable to the process, to
 * its children and in its crash dumps; prefer a file or a key management service.
 *
 * @throws VaultError `master-key-missing`, `master-key-malformed`.
 */
export const masterKeyFromEnvironment = (
  name: string,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): MasterKey => {
  const text = environment[name];
  if (text === undefined || text.trim() === '') {
    throw new VaultError(
      'master-key-missing',
      `environment variable ${name} must hold the master key; it is ${text === undefined ? 'not set' : 'empty'}. ` +
        'Set it to 32 random bytes as base64, or use masterKeyFromFile.',
    );
  }
  return masterKeyFromText(text, `environment variable ${name}`);
};
