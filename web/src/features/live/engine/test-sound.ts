/** A short, soft sound of two notes, to try a speaker with. Made on the spot, so there is no file to load. */
export async function playTestSound(speakerId: string | null): Promise<void> {
  const context = new AudioContext();
  try {
    if (speakerId && "setSinkId" in context) {
      await (context.setSinkId as (id: string) => Promise<void>)(speakerId).catch(() => undefined);
    }
    const start = context.currentTime + 0.05;
    [523.25, 659.25].forEach((pitch, index) => ring(context, pitch, start + index * 0.35));
    await new Promise((resolve) => setTimeout(resolve, 1300));
  } finally {
    await context.close();
  }
}

function ring(context: AudioContext, pitch: number, at: number): void {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(0.25, at + 0.04);
  volume.gain.exponentialRampToValueAtTime(0.001, at + 0.8);
  tone.connect(volume).connect(context.destination);
  tone.start(at);
  tone.stop(at + 0.85);
}
