// A person at a browser: what they can do by what is written on the screen, and what they see and hear.
import assert from 'node:assert/strict';
import { join } from 'node:path';

import { paths, words } from '../words.mjs';
import { output, password } from './house.mjs';
import { pictures, sounds, watchPeers } from './media.mjs';
import { until } from './until.mjs';

export const desktop = { width: 1280, height: 800 };
export const phone = { width: 390, height: 844 };

export class Person {
  /** When this person's page was connected to the room, as the test saw it: [{ from, to }], milliseconds, `to` null while there. */
  presence = [];
  /** What the browser's console called an error. */
  complaints = [];
  #expected = null;

  /** @param {{ name: string, email?: string }} who */
  static async arrive(story, browser, who, { size = desktop, theme = 'light' } = {}) {
    const it = new Person();
    it.story = story;
    it.name = who.name;
    it.email = who.email;
    it.context = await browser.context({
      viewport: size,
      isMobile: size === phone,
      hasTouch: size === phone,
      colorScheme: theme,
      permissions: ['camera', 'microphone'],
    });
    it.context.setDefaultTimeout(15_000);
    await it.context.addInitScript(watchPeers);
    it.page = await it.context.newPage();
    it.page.on('console', (message) => message.type() === 'error' && it.#complain(message.text()));
    it.page.on('pageerror', (error) => it.#complain(String(error)));
    it.page.on('websocket', (socket) => it.#watch(socket));
    story.people.push(it);
    return it;
  }

  /** The console may say this without being told of. */
  mayHear(pattern) {
    this.#expected = pattern;
  }

  #complain(text) {
    if (!this.#expected?.test(text)) this.complaints.push(text);
  }

  // The room's socket says "40/live,{…}" when the seat is taken; with its end, or the page's, the seat falls silent.
  #watch(socket) {
    let mine = null;
    socket.on('framereceived', ({ payload }) => {
      if (!mine && String(payload).startsWith('40/live,')) {
        mine = { from: Date.now(), to: null };
        this.presence.push(mine);
      }
    });
    socket.on('framesent', ({ payload }) => {
      if (mine && String(payload).startsWith('41/live,')) this.gone(mine);
    });
    socket.on('close', () => mine && this.gone(mine));
  }

  /** Notes that a presence ended now, unless that was noted before. */
  gone(presence = this.presence.at(-1)) {
    if (presence && presence.to === null) presence.to = Date.now();
  }

  async go(path) {
    await this.page.goto(this.story.house.url + path);
  }

  async at(path, { within = 10_000 } = {}) {
    await until(`${this.name} is at ${path}`, () => new URL(this.page.url()).pathname === path, { within });
  }

  button(name, root = this.page) {
    return root.getByRole('button', { name }).or(root.getByRole('link', { name })).first();
  }

  // --- the front door

  async signIn() {
    await this.go(paths.signIn);
    await this.fillSignIn(password);
    await until(`${this.name} is signed in`, () => new URL(this.page.url()).pathname !== paths.signIn);
  }

  async fillSignIn(given) {
    const usePassword = this.page.getByRole('button', { name: words.signIn.usePassword });
    await this.page.getByRole('textbox', { name: words.signIn.email }).fill(this.email);
    if (await usePassword.isVisible()) await usePassword.click();
    await this.page.getByLabel(words.signIn.password).fill(given);
    await this.page.getByRole('button', { name: words.signIn.go }).click();
  }

  // --- the way into a class

  /** From My day through the device check into the class. */
  async joinFromMyDay(title) {
    await this.pressJoinOnMyDay(title);
    await this.passDeviceCheck();
  }

  /** The same before the class has begun: sees oneself, and waits to be let in. */
  async waitFromMyDay(title) {
    await this.pressJoinOnMyDay(title);
    await this.seesPictures(1);
    await this.page.getByText(words.lobby.waiting).first().waitFor();
  }

  async pressJoinOnMyDay(title) {
    await this.go(paths.myDay);
    const item = this.page.getByRole('listitem').filter({ hasText: title });
    await this.button(words.day.join, item.first()).click();
  }

  /** Sees oneself, and says yes. */
  async passDeviceCheck() {
    const join = this.page.getByRole('button', { name: words.lobby.join });
    await join.waitFor();
    await this.seesPictures(1);
    await join.click();
  }

  /** A page that was in a room before may go straight in. */
  async passDeviceCheckIfAsked() {
    const controls = this.page.getByRole('navigation', { name: words.room.controls });
    await controls.or(this.page.getByRole('button', { name: words.lobby.join })).first().waitFor();
    if (!(await controls.isVisible())) await this.passDeviceCheck();
    await this.isInTheRoom();
  }

  async isInTheRoom({ within = 15_000 } = {}) {
    const controls = this.page.getByRole('navigation', { name: words.room.controls });
    await until(`${this.name} is in the room`, () => controls.isVisible(), { within });
    return controls;
  }

  control(name) {
    return this.page.getByRole('navigation', { name: words.room.controls }).getByRole('button', { name });
  }

  // --- what reaches a person

  /** At least `count` pictures are visible, have a size, and move. */
  async seesPictures(count, { within = 20_000 } = {}) {
    const root = this.page.locator('body');
    let before = await pictures(root);
    await until(
      `${this.name} sees ${count} moving pictures`,
      async () => {
        const now = await pictures(root);
        const moving = now.filter((picture, i) => picture.width > 0 && before[i] && picture.time > before[i].time);
        before = now;
        return moving.length >= count;
      },
      { within, every: 400 },
    );
  }

  tile(name) {
    const named = this.page.getByRole('button', { name: words.room.tile(name) });
    return this.page.getByRole('listitem').filter({ has: named }).filter({ has: this.page.locator('video') }).first();
  }

  /** What staff can do about a person opens from their tile. */
  async openPerson(name) {
    await this.tile(name).getByRole('button', { name: words.room.tile(name) }).click();
    return this.page.getByRole('dialog');
  }

  /** Everyone named has a tile with a picture that moves. */
  async sees(names, { within = 20_000 } = {}) {
    for (const name of names) {
      let before = 0;
      await until(
        `${this.name} sees ${name}`,
        async () => {
          const [picture] = await pictures(this.tile(name));
          const moves = picture?.width > 0 && before > 0 && picture.time > before;
          before = picture?.time ?? 0;
          return moves;
        },
        { within, every: 250 },
      );
    }
  }

  /** Sound of at least `count` others arrives, and goes on arriving. */
  async hears(count, { within = 20_000 } = {}) {
    await this.#voices(`${this.name} hears ${count} voices`, (speaking) => speaking >= count, within);
  }

  /** Sound of exactly `count` others goes on arriving; that of everybody else has stopped. */
  async hearsOnly(count, { within = 20_000 } = {}) {
    await this.#voices(`${this.name} hears only ${count} voices`, (speaking) => speaking === count, within);
  }

  async #voices(what, enough, within) {
    let before = null;
    const look = async () => {
      const now = await sounds(this.page);
      const speaking = before && Object.keys(now).filter((voice) => now[voice] > (before[voice] ?? 0)).length;
      before = now;
      return speaking !== null && enough(speaking);
    };
    await until(what, look, { within, every: 1500 });
  }

  async seesAndHears(names, how) {
    await this.sees(names, how);
    await this.hears(names.length, how);
  }

  /** A picture wider than any camera is there and moves: somebody's screen. */
  async seesAScreen({ within = 20_000 } = {}) {
    const root = this.page.locator('body');
    let before = 0;
    await until(
      `${this.name} sees the shared screen`,
      async () => {
        const screen = (await pictures(root)).find((picture) => picture.width > 640);
        const moves = screen && before > 0 && screen.time > before;
        before = screen?.time ?? 0;
        return moves;
      },
      { within, every: 400 },
    );
  }

  // --- looking closer

  /** Keeps a picture of the page for a person to look at. */
  async look(name) {
    await this.page.screenshot({ path: join(output, `${this.story.slug}.${name}.png`) });
  }

  /** Presses Tab until the control has the focus, as somebody without a mouse does. */
  async tabTo(locator, what) {
    for (let presses = 0; presses < 80; presses += 1) {
      if (await locator.evaluate((element) => element === document.activeElement).catch(() => false)) return;
      await this.page.keyboard.press('Tab');
    }
    assert.fail(`${this.name} cannot reach ${what} with the Tab key`);
  }
}
