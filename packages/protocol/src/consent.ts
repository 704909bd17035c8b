import Type, { type Static } from 'typebox'

/** What a session can be read from, each with a consent of its own. */
export const MODALITIES = ['face', 'voice', 'text'] as const
export type Modality = (typeof MODALITIES)[number]

/** Where the product is used: inferring emotion from bodies is not done at work or at school. */
export const DEPLOYMENT_CONTEXTS = ['counselling', 'workplace', 'education'] as const
export type DeploymentContext = (typeof DEPLOYMENT_CONTEXTS)[number]

/** What a client says of consent: true grants, false refuses or withdraws, what is not named stays. */
export const ConsentChoiceSchema = Type.Object(
  {
    face: Type.Optional(Type.Boolean()),
    voice: Type.Optional(Type.Boolean()),
    text: Type.Optional(Type.Boolean()),
    noticeVersion: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description: 'Of the notice that was shown; default: the current one',
      }),
    ),
  },
  { examples: [{ face: true, voice: true, text: false }] },
)
export type ConsentChoice = Static<typeof ConsentChoiceSchema>

/** `required`: nobody was asked yet, and nothing is taken; `forbidden`: by the deployment. */
export const ConsentStandingSchema = Type.Enum([
  'granted',
  'assumed',
  'refused',
  'withdrawn',
  'required',
  'forbidden',
])
export type ConsentStanding = Static<typeof ConsentStandingSchema>

export const ConsentStatusData = Type.Object({
  face: ConsentStandingSchema,
  voice: ConsentStandingSchema,
  text: ConsentStandingSchema,
  noticeVersion: Type.String({ description: 'Of the notice that is to be shown now' }),
  context: Type.Enum([...DEPLOYMENT_CONTEXTS]),
})
export type ConsentStatusData = Static<typeof ConsentStatusData>
