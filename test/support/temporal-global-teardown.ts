import { holder } from './temporal-global-setup';

export default async function stopTemporal(): Promise<void> {
  await holder.undropTestTemporal?.stop();
}
