// A story: a house, a browser, the people in it; told in chapters, cleaned up however it ends.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { Browser, chromiumIsThere } from './browser.mjs';
import { House, output } from './house.mjs';
import { Person } from './person.mjs';

class Story {
  people = [];
  #browsers = [];
  #shared = null;

  constructor(title, t) {
    this.slug = title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    this.t = t;
  }

  /** Opens this story's house. */
  async openHouse(how) {
    this.house = await House.open(this.slug, how);
    return this.house;
  }

  /** A person in the browser that all share. */
  async person(who, how) {
    this.#shared ??= await this.#open();
    return Person.arrive(this, this.#shared, who, how);
  }

  /** A person with a machine of their own, whose lid can be closed and whose battery can fall out. */
  async personWithOwnMachine(who, how) {
    const machine = await this.#open();
    const person = await Person.arrive(this, machine, who, how);
    person.machine = machine;
    return person;
  }

  async #open() {
    const browser = await Browser.open();
    this.#browsers.push(browser);
    return browser;
  }

  /** One chapter; the story ends where a chapter fails, unless what follows does not build on it (`goOn`). */
  async chapter(name, tell, { goOn = false } = {}) {
    let failure = null;
    await this.t.test(name, async () => {
      try {
        await tell();
      } catch (error) {
        failure = error;
        await this.#remember();
        throw error;
      }
    });
    if (failure && !goOn) throw new Error(`the story ended in the chapter "${name}"`);
  }

  /** Leaves what everybody had on the screen in e2e/output. */
  async #remember() {
    mkdirSync(output, { recursive: true });
    for (const person of this.people) {
      const base = join(output, `${this.slug}.failed.${person.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`);
      try {
        person.page.setDefaultTimeout(3000);
        await person.page.screenshot({ path: `${base}.png`, timeout: 3000 });
        const tree = await person.page.locator('body').ariaSnapshot({ timeout: 3000 });
        writeFileSync(`${base}.txt`, `${person.page.url()}\n\n${tree}\n\n${person.complaints.join('\n')}\n`);
      } catch (error) {
        writeFileSync(`${base}.txt`, `the page could not be read: ${error.message}\n`);
      }
    }
  }

  async close() {
    await Promise.all(this.#browsers.map((browser) => browser.close()));
    await this.house?.close();
  }
}

/**
 * Declares a story.
 * @param {string} title
 * @param {(story: Story) => Promise<void>} tell
 */
export function story(title, tell, { timeout = 300_000 } = {}) {
  test(title, { timeout }, async (t) => {
    chromiumIsThere();
    const it = new Story(title, t);
    try {
      await tell(it);
    } finally {
      await it.close();
    }
  });
}
