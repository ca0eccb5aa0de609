import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { Clock, type InvalidInputError, MINUTE_MS } from '#libs/kernel';
import { spell } from './pinyin.gateway.js';
import { ProductSearchGateway, type SearchView } from './product-search.gateway.js';
import {
  type SearchPlan,
  type Want,
  charactersOf,
  correctedOf,
  joinedOf,
  knownPartsOf,
  partsOf,
  refuseSearchText,
  soundsOf,
  wantsOf,
} from './search-plan.rules.js';
import { type Candidate, type Hit, coveringEnough, foundIn, ranked } from './search-rank.rules.js';
import { Vocabulary } from './search-spelling.rules.js';
import { type SearchSuggestion, SUGGESTED_FROM, suggestionsOf } from './search-suggestion.rules.js';
import { type Field, type Run, bigramsOf } from './search-text.rules.js';

/** Nobody looks further; what is looked for and not among them is asked for otherwise. */
export const SEARCH_HITS_MAX = 200;
/** Names that answer are enough; only where they are few, what stands about products is asked as well. */
const ENOUGH_BY_NAME = 24;
/** So few may be all that is written so, and not all that is meant: what answers in part follows them. */
const FEW = 3;

export interface SearchFindings {
  /** Best first. */
  readonly hits: readonly Hit[];
  /** What was looked for in the place of what was typed; null where it was found as typed. */
  readonly spelling: string | null;
  /** Where nothing was found: what of it would be. */
  readonly parts: readonly string[];
}

const NOTHING: SearchFindings = { hits: [], spelling: null, parts: [] };
/** As many as fit beside "nothing found". */
const PARTS_MAX = 4;

/** From what somebody types to what they mean. What is typed is tried as written, in parts, by ear, corrected, and in some part, until something answers. */
@Injectable()
export class SearchService {
  private readonly vocabulary = new Vocabulary();
  private learnedAtMs = Number.NEGATIVE_INFINITY;
  private learning: Promise<void> | null = null;

  constructor(
    private readonly index: ProductSearchGateway,
    private readonly clock: Clock,
  ) {}

  async find(text: string): Promise<SearchFindings | InvalidInputError> {
    const refusal = refuseSearchText(text);
    if (refusal) return refusal;
    const runs = wantsOf(text);
    return runs.length === 0 ? NOTHING : this.answer(await this.index.asOfNow(), runs);
  }

  /** Before the first buyer comes, who would wait longer. */
  prepare(): Promise<void> {
    return this.index.prepare();
  }

  /** While somebody types: what they may be about to say. */
  async suggest(text: string): Promise<SearchSuggestion[] | InvalidInputError> {
    const refusal = refuseSearchText(text);
    if (refusal) return refusal;
    const runs = wantsOf(text);
    if (runs.length === 0) return [];
    const view = await this.index.asOfNow();
    const byName: SearchPlan = { wants: runs, within: 'NAME', mode: 'ALL' };
    let wants: readonly Want[] = runs;
    let candidates = await view.match(byName, SUGGESTED_FROM);
    const heard = candidates.length === 0 ? (joinedOf(runs) ?? soundsOf(runs, spell)) : null;
    if (heard) {
      wants = heard;
      candidates = await view.match({ ...byName, wants }, SUGGESTED_FROM);
    }
    return suggestionsOf(candidates, wants, spell);
  }

  private async answer(view: SearchView, runs: readonly Run[]): Promise<SearchFindings> {
    const joined = joinedOf(runs);
    const inOne = joined ? await this.allOf(view, joined) : [];
    if (joined && inOne.length > 0) return found(inOne, joined);
    const written = await this.allOf(view, runs);
    if (written.length >= FEW) return found(written, runs);
    const enough = await this.someOf(view, runs);
    if (written.length > 0) return found(withoutRepeats(written, enough), runs);
    return (await this.guess(view, runs)) ?? this.nearly(enough, runs);
  }

  /** What holds half of the characters at least. Letters have no halves; and half of a single pair is all of it, which has been asked. */
  private async someOf(view: SearchView, runs: readonly Run[]): Promise<Candidate[]> {
    const written = runs.filter(({ kind }) => kind === 'HAN');
    if (pairsOf(written) === 0 || pairsOf(runs) === 1) return [];
    const some = await view.match({ wants: written, within: 'NAME', mode: 'SOME' }, SEARCH_HITS_MAX);
    return coveringEnough(some, runs);
  }

  /** Nothing answers as it was written. */
  private async guess(view: SearchView, runs: readonly Run[]): Promise<SearchFindings | null> {
    await this.learn();
    const parts = partsOf(runs, this.vocabulary);
    const inParts = parts ? await this.allOf(view, parts) : [];
    if (parts && inParts.length > 0) return found(inParts, parts);
    const sounds = soundsOf(runs, spell);
    const heard = sounds ? await this.allOf(view, sounds) : [];
    if (sounds && heard.length > 0) return respelt(heard, sounds);
    const characters = charactersOf(runs, this.vocabulary);
    // In names only: of what stands about a product one character means nothing.
    const apart = characters ? await byNameOf(view, characters) : [];
    if (characters && apart.length > 0) return found(apart, characters);
    const corrected = correctedOf(runs, spell, this.vocabulary);
    const meant = corrected && !isDeepStrictEqual(corrected, sounds) ? await this.allOf(view, corrected) : [];
    return corrected && meant.length > 0 ? respelt(meant, corrected) : null;
  }

  private nearly(enough: readonly Candidate[], runs: readonly Run[]): SearchFindings {
    if (enough.length > 0) return found(enough, runs);
    return { ...NOTHING, parts: knownPartsOf(runs, this.vocabulary).slice(0, PARTS_MAX) };
  }

  /** Names first; what stands about products only where names are few, and sellers only where nothing else answers. */
  private async allOf(view: SearchView, wants: readonly Want[]): Promise<Candidate[]> {
    const within = (field: Field) => view.match({ wants, within: field, mode: 'ALL' }, SEARCH_HITS_MAX);
    const byName = await within('NAME');
    if (byName.length >= ENOUGH_BY_NAME) return byName;
    const about = withoutRepeats(byName, await within('ABOUT'));
    return about.length > 0 ? about : within('SELLER');
  }

  /** At most once a minute, shared by all who wait for it, and cheap when no word has come. */
  private async learn(): Promise<void> {
    const nowMs = this.clock.now().getTime();
    if (Math.abs(nowMs - this.learnedAtMs) < MINUTE_MS) return this.learning ?? undefined;
    this.learning ??= this.readWords().finally(() => {
      this.learning = null;
    });
    await this.learning;
    this.learnedAtMs = nowMs;
  }

  private async readWords(): Promise<void> {
    if ((await this.index.wordCount()) === this.vocabulary.size) return;
    this.vocabulary.learn(await this.index.words());
  }
}

function byNameOf(view: SearchView, wants: readonly Want[]): Promise<Candidate[]> {
  return view.match({ wants, within: 'NAME', mode: 'ALL' }, SEARCH_HITS_MAX);
}

/** Conditions that the runs make. */
function pairsOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { kind, text }) => sum + (kind === 'HAN' ? bigramsOf(text).length : 1), 0);
}

function withoutRepeats(first: readonly Candidate[], then: readonly Candidate[]): Candidate[] {
  const seen = new Set(first.map(({ id }) => id));
  return [...first, ...then.filter(({ id }) => !seen.has(id))].slice(0, SEARCH_HITS_MAX);
}

function found(candidates: readonly Candidate[], wants: readonly Want[]): SearchFindings {
  return { hits: ranked(candidates, wants, spell), spelling: null, parts: [] };
}

/** The right spelling is what the best answer says where it was found. */
function respelt(candidates: readonly Candidate[], wants: readonly Want[]): SearchFindings {
  const { hits } = found(candidates, wants);
  const [best] = hits;
  const place = best ? foundIn(best.name, wants, spell) : null;
  const spelling = best && place ? Array.from(best.name).slice(place.start, place.end).join('') : null;
  return { hits, spelling, parts: [] };
}
