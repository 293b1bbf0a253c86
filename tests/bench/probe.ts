/** What runs inside a measured page. It is sent there as source text, so it may use nothing from outside itself. */

export interface Probe {
  /** The middle of the element, scrolled into view. */
  centreOf(selector: string, nth: number): { x: number; y: number };
  /** When nothing is on its way to the host and what was changed has been shown. */
  settled(): Promise<void>;
  /**
   * Times the next click from the event's own time stamp:
   * `frame` to the end of the frame after it,
   * `acknowledged` to the host's reply to the command it sends,
   * `shown` to the end of the first frame in which {@link expect} holds.
   */
  arm(until: 'frame' | 'acknowledged' | 'shown'): void;
  /** Says when what is waited for is on the page. */
  expect(holds: () => boolean): void;
  /** The time of the armed click, ms. */
  taken(): Promise<number>;
}

declare global {
  var bench: Probe;
}

export function installProbe(): void {
  let armed: 'frame' | 'acknowledged' | 'shown' | null = null;
  let clickedAt = 0;
  let awaitsReply = false;
  let inFlight = 0;
  let holds = () => false;
  let taken = Promise.resolve(0);
  let deliver = (_ms: number) => {};

  const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
  /** Runs after the frame that is being made: a message is a task of its own, behind style, layout and paint. */
  const afterFrame = (then: () => void) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(null);
  };
  const done = () => deliver(performance.now() - clickedAt);

  addEventListener(
    'click',
    (event) => {
      if (!armed) return;
      const until = armed;
      armed = null;
      clickedAt = event.timeStamp;
      if (until === 'acknowledged') awaitsReply = true;
      else {
        const look = () => (until === 'frame' || holds() ? afterFrame(done) : requestAnimationFrame(look));
        requestAnimationFrame(look);
      }
    },
    { capture: true },
  );

  // Follows the calls that carry commands from their start until the page has read the reply.
  const send = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const reply = send(input, init);
    return String(input).endsWith('/api/sitting.act') ? follow(reply) : reply;
  };
  async function follow(reply: Promise<Response>): Promise<Response> {
    inFlight += 1;
    const response = await reply.catch((error: unknown) => {
      inFlight -= 1;
      throw error;
    });
    const read = response.json.bind(response);
    response.json = async () => {
      const value: unknown = await read();
      inFlight -= 1;
      if (awaitsReply) done();
      awaitsReply = false;
      return value;
    };
    return response;
  }

  globalThis.bench = {
    centreOf(selector, nth) {
      const element = document.querySelectorAll(selector)[nth];
      if (!element) throw new Error(`the page has no ${selector} number ${nth}`);
      element.scrollIntoView({ block: 'nearest' });
      const { left, top, width, height } = element.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    },
    async settled() {
      do {
        await nextFrame();
        await nextFrame();
      } while (inFlight > 0);
    },
    arm(until) {
      armed = until;
      taken = new Promise((resolve) => (deliver = resolve));
    },
    expect(condition) {
      holds = condition;
    },
    taken: () => taken,
  };
}
