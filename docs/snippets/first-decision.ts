// #region first-decision
import { createMasterKeyFile, masterKeyFromFile, openProcessor } from '@mandate/processor';

export const firstDecision = async (folder: string): Promise<string> => {
  await createMasterKeyFile(`${folder}/master-key`);
  const processor = await openProcessor({
    folder,
    masterKey: await masterKeyFromFile(`${folder}/master-key`),
    erasers: {},
  });

  const contractId = '0b7d1c6e-8a55-4c8e-9b1e-3f6a1f0c2d11';
  const dataSetId = '5f0f8a4e-37f5-4f4b-8d0e-6a1f7f6c9e22';
  const decision = await processor.decide({
    operation: 'process',
    contractId,
    dataSetId,
    purpose: 'delivery',
    categories: ['recipient-contact'],
    channel: 'e-mail',
    country: 'PL',
  });
  await processor.close();

  // Nothing was agreed and nothing was instructed, so nothing may be done.
  if (decision.decision === 'allow') return 'allowed';
  return 'explanations' in decision
    ? decision.explanations.map(({ sentence, article }) => `${sentence} (${article})`).join('\n')
    : decision.sentence;
};
// #endregion
