import { type FromStandIn, type ToStandIn, toStandInSchema } from './control-messages.ts';

export interface ControlOptions {
  readonly electron: object;
  readonly invokeFromFrame: (frame: string, channel: string, parameters: readonly unknown[]) => Promise<unknown>;
  readonly windowOptions: () => readonly object[];
}

/** Tells the test process something; without one (a second instance, say) nobody is told. */
export function tellTests(message: FromStandIn): void {
  process.send?.(message);
}

/** Answers the questions of the test that started this process. */
export function answerTests(options: ControlOptions): void {
  const answerTo = async (message: ToStandIn): Promise<unknown> => {
    if (message.kind === 'evaluate') {
      const evaluate: unknown = new Function(`return (${message.source});`)();
      if (typeof evaluate !== 'function') throw new Error('Only a function can be evaluated.');
      return Reflect.apply(evaluate, undefined, [options.electron, message.argument]);
    }
    if (message.kind === 'invoke-from-frame')
      return options.invokeFromFrame(message.frame, message.channel, message.parameters);
    return options.windowOptions();
  };
  process.on('message', (received) => {
    const message = toStandInSchema.parse(received);
    answerTo(message).then(
      (value) => tellTests({ kind: 'answer', call: message.call, error: null, value: value ?? null }),
      (error: unknown) =>
        tellTests({
          kind: 'answer',
          call: message.call,
          error: error instanceof Error ? error.message : String(error),
          value: null,
        }),
    );
  });
  // The channel to the test must not keep the process alive.
  process.channel?.unref();
}
