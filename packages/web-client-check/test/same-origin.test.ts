import { walkInBrowser } from './walk-in-browser.js'

walkInBrowser('same-origin')
