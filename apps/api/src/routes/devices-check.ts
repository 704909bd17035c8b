import Type, { type Static } from 'typebox'
import {
  BODY_FAILURES,
  DATABASE_FAILURES,
  failures,
  SuccessSchema,
  succeed,
  TOKEN_FAILURES,
} from '../http/envelope.js'
import { optionalBody } from '../http/optional-body.js'
import { TAGS } from '../plugins/openapi.js'
import type { RouteContext, Routes } from './context.js'

const PermissionSchema = Type.Enum(['granted', 'denied', 'prompt', 'unknown'])
const DeviceSchema = Type.Object({
  available: Type.Boolean({ description: 'As the browser said; false where it said nothing' }),
  permission: PermissionSchema,
})
const NetworkSchema = Type.Object({
  latency: Type.Number({ minimum: 0, description: 'ms, as the browser said; else 0' }),
  bandwidth: Type.Number({ minimum: 0, description: 'Mbit/s, as the browser said; else 0' }),
})

const SaidSchema = Type.Object(
  {
    camera: Type.Optional(Type.Partial(DeviceSchema)),
    microphone: Type.Optional(Type.Partial(DeviceSchema)),
    network: Type.Optional(Type.Partial(NetworkSchema)),
  },
  {
    examples: [
      {
        camera: { available: true, permission: 'granted' },
        microphone: { available: true, permission: 'prompt' },
        network: { latency: 42, bandwidth: 18.5 },
      },
    ],
  },
)

const CheckedSchema = Type.Object({
  camera: DeviceSchema,
  microphone: DeviceSchema,
  network: NetworkSchema,
  realtime: Type.Object({
    reachable: Type.Boolean({
      description: 'Whether a realtime process runs, as far as this one knows',
    }),
  }),
})

/** Cameras are in browsers: this gives back what one said of them, and says what only a server knows. */
export function registerDevicesCheckRoute(app: Routes, { sight }: RouteContext): void {
  app.post(
    '/devices/check',
    {
      config: { access: 'anyone' },
      schema: {
        tags: [TAGS.session],
        summary: 'Whether a session could start',
        description:
          'No server can see a camera: what the browser says of its devices comes back in the shape clients read, and what it does not say is `available: false` with `permission: "unknown"`, and 0 for the network. What is known here is `realtime`.',
        body: SaidSchema,
        response: {
          200: SuccessSchema(CheckedSchema, 'What is known'),
          ...failures(...BODY_FAILURES, ...TOKEN_FAILURES, ...DATABASE_FAILURES),
        },
      },
      preValidation: optionalBody,
    },
    async ({ body: { camera, microphone, network } }) =>
      succeed({
        camera: viewDevice(camera),
        microphone: viewDevice(microphone),
        network: { latency: network?.latency ?? 0, bandwidth: network?.bandwidth ?? 0 },
        realtime: { reachable: (sight.realtimeProcesses ?? 0) > 0 },
      }),
  )
}

function viewDevice(said: Static<typeof SaidSchema>['camera'] = {}): Static<typeof DeviceSchema> {
  const { available = false, permission = 'unknown' } = said
  return { available, permission }
}
