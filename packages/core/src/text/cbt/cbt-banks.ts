import type { DistortionType } from '../../session/text-events.js'
import { ALL_OR_NOTHING } from './bank/all-or-nothing.js'
import { DISQUALIFYING_POSITIVE } from './bank/disqualifying-positive.js'
import { EMOTIONAL_REASONING } from './bank/emotional-reasoning.js'
import { JUMPING_TO_CONCLUSIONS } from './bank/jumping-to-conclusions.js'
import { LABELING } from './bank/labeling.js'
import { MAGNIFICATION } from './bank/magnification.js'
import { MENTAL_FILTER } from './bank/mental-filter.js'
import { OVERGENERALIZATION } from './bank/overgeneralization.js'
import { PERSONALIZATION } from './bank/personalization.js'
import { SHOULD_STATEMENTS } from './bank/should-statements.js'
import type { CbtBank } from './cbt-bank.js'

export const CBT_BANKS: Readonly<Record<DistortionType, CbtBank>> = {
  all_or_nothing: ALL_OR_NOTHING,
  overgeneralization: OVERGENERALIZATION,
  mental_filter: MENTAL_FILTER,
  disqualifying_positive: DISQUALIFYING_POSITIVE,
  jumping_to_conclusions: JUMPING_TO_CONCLUSIONS,
  magnification: MAGNIFICATION,
  emotional_reasoning: EMOTIONAL_REASONING,
  should_statements: SHOULD_STATEMENTS,
  labeling: LABELING,
  personalization: PERSONALIZATION,
}
