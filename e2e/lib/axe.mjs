// Accessibility: axe finds nothing, in either theme, and nothing sticks out sideways.
import assert from 'node:assert/strict';

import { AxeBuilder } from '@axe-core/playwright';

/** @param {import('./person.mjs').Person} person */
export async function axeFindsNothing(person, where) {
  const { page } = person;
  for (const theme of ['light', 'dark']) {
    // Without motion, so that no colour is measured half-way through a transition.
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const list = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}`));
    assert.deepEqual(list, [], `axe on ${where}, ${theme}`);
    await person.look(`${where}.${theme}`);
  }
}

/** The page is no wider than the window. */
export async function nothingSticksOut(person, where) {
  const width = await person.page.evaluate(() => document.scrollingElement.scrollWidth);
  const window = person.page.viewportSize().width;
  assert.ok(width <= window, `${where} is ${width} px wide in a window of ${window} px`);
}
