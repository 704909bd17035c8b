import { walkInBrowser } from './walk-in-browser.js'

walkInBrowser('cross-origin')
