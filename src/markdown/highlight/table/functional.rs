//! Functional languages, Lisps among them.

use super::super::grammar::{
    DOUBLE, Grammar, PLAIN, Raw, SCRIPT, TRIPLE, TRIPLE_SINGLE, lines, verbatim, with_hole,
};

const LISP: Grammar = Grammar {
    names: "lisp common-lisp cl elisp emacs-lisp emacs scheme scm racket rkt",
    line_comments: &[";"],
    block_comments: &[("#|", "|#")],
    nested: true,
    quotes: &[lines("\"", "\"")],
    keywords: "and begin case cond cons define define-syntax defmacro defparameter defun defvar delay do \
        dolist dotimes else eq equal flet if lambda let let* letrec loop nil not null or progn quote \
        require set set! setf setq syntax-rules t unless values when",
    word: "-?!*+<>=/%&",
    symbol: Some(':'),
    ..PLAIN
};

pub(in super::super) const ROWS: &[Grammar] = &[
    LISP,
    Grammar {
        names: "clojure clj cljs clojurescript edn",
        block_comments: &[],
        nested: false,
        keywords: "and as-> assoc atom case catch comment cond conj cons contains? count declare def \
            defmacro defmethod defmulti defn defn- defprotocol defrecord defstruct deftype do doseq \
            dosync false filter finally first fn for get if if-let if-not import in-ns into keys let \
            letfn loop map new nil not ns or partial quote recur reduce reify rest seq set! str swap! \
            throw true try use vals var vec when when-let when-not",
        word: "-?!*+<>=/%&.'",
        ..LISP
    },
    Grammar {
        names: "haskell hs",
        line_comments: &["--"],
        block_comments: &[("{-", "-}")],
        nested: true,
        quotes: &[DOUBLE],
        raws: &[Raw::Character],
        keywords: "as case class data default deriving do else family forall foreign hiding if import in \
            infix infixl infixr instance let mdo module newtype of qualified then type where",
        capitals: true,
        word: "'",
        ..PLAIN
    },
    Grammar {
        names: "elm",
        line_comments: &["--"],
        block_comments: &[("{-", "-}")],
        nested: true,
        quotes: &[TRIPLE, DOUBLE],
        raws: &[Raw::Character],
        keywords: "alias as case else exposing if import in let module of port then type where",
        capitals: true,
        ..PLAIN
    },
    Grammar {
        names: "ocaml ml reason reasonml",
        block_comments: &[("(*", "*)")],
        nested: true,
        quotes: &[lines("\"", "\"")],
        raws: &[Raw::Character],
        keywords: "and as assert begin class constraint do done downto else end exception external false \
            for fun function functor if in include inherit initializer lazy let match method module \
            mutable new object of open or private rec sig struct then to true try type val virtual when \
            while with",
        types: "array bool bytes char float int list option string unit",
        capitals: true,
        word: "'",
        ..PLAIN
    },
    Grammar {
        names: "fsharp f# fs",
        line_comments: &["//"],
        block_comments: &[("(*", "*)")],
        nested: true,
        quotes: &[
            TRIPLE,
            verbatim("@\"", "\""),
            lines("$\"", "\""),
            lines("\"", "\""),
        ],
        raws: &[Raw::Character],
        keywords: "abstract and as assert async base begin class default delegate do done downcast downto \
            elif else end exception extern false finally fixed for fun function global if in inherit \
            inline interface internal lazy let match member module mutable namespace new not null of open \
            or override private public rec return sig static struct then to true try type upcast use val \
            when while with yield",
        types: "bool byte char decimal float int int64 list obj option seq string unit",
        capitals: true,
        word: "'",
        ..PLAIN
    },
    Grammar {
        names: "elixir ex exs eex heex",
        quotes: &[
            with_hole(TRIPLE, "#{", "}"),
            TRIPLE_SINGLE,
            with_hole(lines("\"", "\""), "#{", "}"),
            lines("'", "'"),
            lines("~s(", ")"),
            lines("~w(", ")"),
            lines("~w[", "]"),
            lines("~r/", "/"),
        ],
        keywords: "after alias and case catch cond def defdelegate defexception defguard defimpl defmacro \
            defmodule defp defprotocol defstruct do else end false fn for if import in nil not or quote \
            raise receive require rescue super throw true try unless unquote use when with",
        capitals: true,
        word: "?!",
        annotation: Some('@'),
        symbol: Some(':'),
        spaced: true,
        ..SCRIPT
    },
    Grammar {
        names: "erlang erl",
        line_comments: &["%"],
        quotes: &[lines("\"", "\""), verbatim("'", "'")],
        keywords: "after and andalso band begin bnot bor bsl bsr bxor case catch cond div end fun if let \
            maybe not of or orelse receive rem throw try when xor export module define record include \
            behaviour spec type import",
        types: "atom binary boolean float integer list map pid term tuple",
        annotation: Some('?'),
        symbol: Some('#'),
        ..PLAIN
    },
    Grammar {
        names: "prolog",
        line_comments: &["%"],
        block_comments: &[("/*", "*/")],
        quotes: &[DOUBLE, lines("'", "'")],
        keywords: "dynamic fail false findall is member mod module not repeat true use_module",
        capitals: true,
        ..PLAIN
    },
    Grammar {
        names: "nix nixos",
        block_comments: &[("/*", "*/")],
        quotes: &[
            with_hole(verbatim("''", "''"), "${", "}"),
            with_hole(lines("\"", "\""), "${", "}"),
        ],
        keywords: "assert builtins else false if import in inherit let null or rec then true with",
        word: "-'",
        ..SCRIPT
    },
];
