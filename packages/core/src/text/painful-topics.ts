/**
 * What nobody may be asked a question about by a machine: violence, abuse, a death. Somebody who was
 * hurt says "it is my fault" and "nobody helps me", and neither is a distortion to be examined. Where it
 * was spoken of, nothing is offered any more in the session; a person is needed.
 */
const KOREAN =
  /성폭|성추행|성희롱|강간|폭행|폭력|학대|때려|때리|때렸|맞고\s?(?:살|자)|맞았|구타|협박|스토킹|불법\s?촬영|데이트\s?폭력|왕따\s?당|괴롭힘|돌아가셨|세상을\s?떠났|사별|유산(?:했|됐|을\s?했|되)|장례|(?:아이|아기|남편|아내|엄마|아빠|부모님|친구|동생)(?:를|을|가|이)?\s?(?:잃었|잃고|잃은|죽었|하늘나라)|암에\s?걸|시한부|죽음을\s?앞/u
const ENGLISH =
  /\b(?:rap(?:e|ed|ist|ing)|molest\w*|sexual(?:ly)? (?:assault\w*|abus\w*|harass\w*)|assault(?:ed|s)?|abus(?:e|ed|es|ive|er|ing)|(?:hits?|hit|beats?|beat|beaten|slaps?|slapped|punch(?:es|ed)?|chok(?:es|ed)|kick(?:s|ed)) (?:me|us|my (?:kids|children|mom|mother))|domestic violence|stalk(?:ed|er|ing|s)?|traffick\w*|miscarriage|stillb\w+|passed away|funeral|widow\w*|bereave\w*|terminal(?:ly)? ill|(?:my|our) (?:\w+ )?(?:baby|son|daughter|child|husband|wife|mother|mom|father|dad|brother|sister|friend|partner|parents?) (?:\w+ )?(?:died|was killed|is dead|is dying|passed)|lost (?:my|our) (?:\w+ )?(?:baby|son|daughter|child|husband|wife|mother|mom|father|dad|brother|sister|partner))\b/iu

export function isPainfulTopic(text: string): boolean {
  return KOREAN.test(text) || ENGLISH.test(text)
}
