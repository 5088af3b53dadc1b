// What a workbook may ask for, whatever its format, and why one is refused.

export const maxSheets = 40;
export const maxColumns = 256;

/** `before-97`: of Excel 5 or 95, whose letters are of a code page that nobody can tell. */
export type WorkbookProblem = 'no-workbook' | 'too-large' | 'too-many-rows' | 'entities' | 'password' | 'before-97';

export class WorkbookRefused extends Error {
  readonly problem: WorkbookProblem;
  constructor(problem: WorkbookProblem) {
    super(problem);
    this.problem = problem;
  }
}
