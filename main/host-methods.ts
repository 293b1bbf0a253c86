/**
 * Methods that a host answers by itself, since they need what only it has: a window, the system's dialogs. They stand
 * before the dispatcher and not among its handlers: that one is synchronous, so that a reply leaves only when what it
 * says is on disk, and it exists before there is a window; these wait for the user. Where a host has none of them, the
 * dispatcher answers, and refuses in words.
 */
import type { Method, Outputs, Parsed, Reply } from './contract.ts';
import { failureReply, parseCall, type Dispatch } from './dispatch.ts';

export type HostMethods = { [M in Method]?: (input: Parsed<M>) => Promise<Outputs[M]> };

/** As the dispatcher, but for the host's own methods, whose input is checked and whose failures are told in the same way. */
export function withHostMethods(
  dispatch: Dispatch,
  own: HostMethods,
  logFault: (error: unknown) => void,
): (method: string, input: unknown) => Reply<unknown> | Promise<Reply<unknown>> {
  const answer = async (method: string, input: unknown): Promise<Reply<unknown>> => {
    const call = parseCall(method, input);
    if (!call.ok) return call;
    try {
      return { ok: true, value: await own[call.value.name]!(call.value.input as never) };
    } catch (error) {
      return failureReply(error, logFault);
    }
  };
  return (method, input) => (Object.hasOwn(own, method) ? answer(method, input) : dispatch(method, input));
}
