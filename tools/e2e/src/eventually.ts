/** Waits until `look` finds something and gives that; throws what was waited for when the time is over. */
export async function eventually<Found>(
  fact: string,
  look: () => Promise<Found | undefined> | Found | undefined,
  seconds = 30,
): Promise<Found> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited ${seconds} s in vain: ${fact}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
