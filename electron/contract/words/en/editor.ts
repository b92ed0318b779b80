/** The editor's own texts by the phrase it looks up; $ is a number. */
export const editor = {
  /** Of a line whose bytes are of no layer of the image. */
  notInImage: 'No layer of the image: only its result was copied',
  phrases: {
    Find: 'Find',
    Replace: 'Replace with',
    next: 'Next',
    previous: 'Previous',
    all: 'All',
    'match case': 'Match case',
    'by word': 'Whole word',
    regexp: 'Regex',
    replace: 'Replace',
    'replace all': 'Replace all',
    close: 'Close',
    'current match': 'current match',
    'on line': 'on line',
    'replaced match on line $': 'replaced match on line $',
    'replaced $ matches': 'replaced $ matches',
    'Go to line': 'Go to line',
    go: 'Go',
    Completions: 'Completions',
    Diagnostics: 'Problems',
    'No diagnostics': 'No problems',
    'Control character': 'Control character',
    '$ unchanged lines': '$ unchanged lines'
  }
};
