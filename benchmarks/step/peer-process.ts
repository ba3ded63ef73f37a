import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What a contender says after its first step; milliseconds. */
export interface Ready {
  readonly engine: string;
  readonly firstStep: number;
  readonly loss: number;
}

/** Some steps, in order. */
export interface Steps {
  readonly milliseconds: readonly number[];
  readonly losses: readonly number[];
}

/** A contender in a process of its own, idle unless asked. */
export interface PeerProcess extends Ready {
  /** Takes so many steps. */
  readonly run: (count: number) => Promise<Steps>;
  /** Ends it; the most bytes that it ever held, null where its system doesn't tell. */
  readonly stop: () => Promise<number | null>;
  readonly kill: () => void;
}

interface Messages {
  readonly ready: Ready;
  readonly steps: Steps;
  readonly end: { readonly peakMemory: number | null };
}

/**
 * Starts a contender and waits for its first step; `serve.ts` has the protocol.
 *
 * @throws when it can't run, with its reason, and later when it ends unasked
 */
export async function startPeer([program = '', ...words]: readonly string[]): Promise<PeerProcess> {
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  let failure = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-2000);
  });
  child.stdin.on('error', () => {}); // a process that has ended is told of by the missing answer
  const ended = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      failure = error.message.includes('ENOENT') ? `there is no program ${program}` : error.message;
      resolve();
    });
    child.on('close', (code, signal) => {
      failure ||= `it ended with ${signal ?? `exit status ${code}`}${lastWord(errors)}`;
      resolve();
    });
  });

  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const listen = async <Key extends keyof Messages>(wanted: Key): Promise<Messages[Key]> => {
    for (;;) {
      const { done, value } = await lines.next();
      if (done === true) {
        await ended;
        throw new Error(failure);
      }
      const message = parse(value);
      if (message.unavailable !== undefined) throw new Error(message.unavailable);
      const content = message[wanted];
      if (content !== undefined) return content as Messages[Key];
    }
  };

  const ready = await listen('ready').catch((error) => {
    child.kill('SIGKILL');
    throw error;
  });
  return {
    ...ready,
    run: (steps) => {
      child.stdin.write(`${JSON.stringify({ steps })}\n`);
      return listen('steps');
    },
    stop: async () => {
      child.stdin.end();
      const { peakMemory } = await listen('end');
      await ended;
      return peakMemory;
    },
    kill: () => child.kill('SIGKILL'),
  };
}

function parse(line: string): Partial<Messages & { readonly unavailable: string }> {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {}; // a library's talk
  }
}

function lastWord(errors: string): string {
  const line = errors.trimEnd().split('\n').at(-1) ?? '';
  return line === '' ? '' : `: ${line}`;
}
