/** A word, sign, string or comment of a text. */
export type Token = {
  /** What stands before it and says nothing. */
  before: string;
  text: string;
  /** What it means, however it is written. */
  key: string;
};

/** How texts are taken apart whose line breaks and indentation say nothing. */
export type Layout = {
  tokensOf(lines: readonly string[]): Token[];
  /** Writes a token that is generated in the manner of a text of the project. */
  likeIn(lines: readonly string[]): (token: Token) => string;
};

/** What of a text may be merged beyond its lines. */
export type Syntax = {
  /** Whether indentation is meaning, so that no line may come between lines of another depth. */
  isIndented: boolean;
  /** Where there is none, a file that another formatter was over is merged by its lines alone. */
  layout?: Layout;
  /** Puts lines of both sides in order that a merge put side by side, where yours are in order. */
  inOrder?(text: string, yours: string): string;
};
