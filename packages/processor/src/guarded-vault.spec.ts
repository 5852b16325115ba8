import { describe, expect, it } from '@jest/globals';
import { aService, emailOf } from './testing/a-service';
import { ids } from './testing/a-story';

const plaintext = Buffer.from('anna@example.com');

describe('the vault of a processor', () => {
  const spellings = [
    ids.dataSet.replaceAll('6', 'A'),
    ids.dataSet.replaceAll('-', ''),
    `${ids.dataSet}0`,
    'customers',
    '',
    'anna@example.com',
  ];

  it('takes nothing in under ids that no deletion would reach, and does not repeat them', async () => {
    const { processor } = await aService();
    const { vault } = processor;
    for (const id of spellings) {
      for (const reference of [
        { ...emailOf('r1'), contractId: id },
        { ...emailOf('r1'), dataSetId: id },
      ]) {
        const attempts = [
          vault.encrypt(reference, plaintext),
          vault.encryptMany([
            { reference: emailOf('r1'), plaintext },
            { reference, plaintext },
          ]),
          vault.openDataSet(reference),
        ];
        for (const attempt of attempts) {
          const error = await attempt.then(
            () => undefined,
            (thrown: unknown) => thrown,
          );
          expect(error).toMatchObject({ name: 'VaultError', code: 'invalid-reference' });
          expect(String(error)).not.toContain('anna');
        }
      }
    }
  });

  it('takes in what belongs to a contract and a data set, and gives it back', async () => {
    const { processor } = await aService();
    const { vault } = processor;
    const [one] = await vault.encryptMany([{ reference: emailOf('r2'), plaintext }]);
    if (one?.state !== 'encrypted') throw new Error('expected a ciphertext');
    expect(await vault.decrypt(emailOf('r2'), one.ciphertext)).toMatchObject({ state: 'decrypted' });
    expect(await vault.openDataSet(emailOf('r2'))).toMatchObject({ state: 'active' });
  });
});
