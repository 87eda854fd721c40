//! Scripting languages and shells.

use super::super::grammar::{
    C, DOUBLE, Grammar, PLAIN, Quote, Raw, SCRIPT, SINGLE, Shape, TRIPLE, TRIPLE_SINGLE, lines,
    quote, verbatim, with_hole,
};

const HASH: Quote = with_hole(lines("\"", "\""), "#{", "}");

pub(in super::super) const ROWS: &[Grammar] = &[
    Grammar {
        names: "python py python3 py3 python2 py2 pyi starlark bazel bzl",
        quotes: &[TRIPLE, TRIPLE_SINGLE, DOUBLE, SINGLE],
        prefixes: "b B br bR Br BR f F fr fR Fr FR r R rb rB Rb RB rf rF Rf RF u U t",
        keywords: "and as assert async await break case class continue def del elif else except False \
            finally for from global if import in is lambda match None nonlocal not or pass raise return \
            self True try type while with yield",
        types: "bool bytearray bytes complex dict float frozenset int list object range set str tuple",
        capitals: true,
        annotation: Some('@'),
        ..SCRIPT
    },
    Grammar {
        names: "ruby rb jruby rake gemfile podspec crystal cr",
        block_comments: &[("=begin", "=end")],
        quotes: &[
            HASH,
            lines("'", "'"),
            lines("`", "`"),
            lines("%w[", "]"),
            lines("%i[", "]"),
            lines("%w(", ")"),
            lines("%q(", ")"),
            lines("%Q(", ")"),
            lines("%q{", "}"),
            lines("%r{", "}"),
        ],
        heres: &["<<~", "<<-"],
        keywords: "alias and attr_accessor attr_reader attr_writer begin break case class def defined? do \
            else elsif end ensure extend false for if in include loop module next nil not or prepend private \
            protected public raise redo require require_relative rescue retry return self super then true \
            undef unless until when while yield",
        capitals: true,
        word: "?!",
        symbol: Some(':'),
        spaced: true,
        ..SCRIPT
    },
    Grammar {
        names: "php php3 php4 php5 php-template",
        line_comments: &["//", "# "],
        quotes: &[with_hole(lines("\"", "\""), "{$", "}"), lines("'", "'")],
        raws: &[],
        heres: &["<<<"],
        keywords: "abstract and array as break callable case catch class clone const continue declare \
            default die do echo else elseif empty enum exit extends false final finally fn for foreach \
            function global goto if implements include include_once instanceof insteadof interface isset \
            list match namespace new null or parent print private protected public readonly require \
            require_once return self static switch throw trait true try unset use var while xor yield",
        types: "bool float int iterable mixed never object string void",
        word: "$",
        ..C
    },
    Grammar {
        names: "shell sh bash zsh ksh ash shell-script fish envrc",
        spaced: true,
        quotes: &[
            verbatim("'", "'"),
            lines("$'", "'"),
            with_hole(lines("\"", "\""), "$(", ")"),
        ],
        heres: &["<<-", "<<"],
        keywords: "alias break case cd continue declare do done echo elif else esac eval exec exit export \
            false fi for function if in let local printf read readonly return select set shift source test \
            then time trap true type unset until while",
        word: "$-",
        ..SCRIPT
    },
    Grammar {
        names: "console shell-session shellsession sh-session bash-session terminal",
        shape: Shape::Session,
        ..PLAIN
    },
    Grammar {
        names: "powershell ps ps1 psm1 pwsh posh",
        block_comments: &[("<#", "#>")],
        quotes: &[
            verbatim("@\"", "\"@"),
            verbatim("@'", "'@"),
            Quote {
                escape: Some(b'`'),
                ..with_hole(lines("\"", "\""), "$(", ")")
            },
            verbatim("'", "'"),
        ],
        keywords: "begin break catch class continue data do dynamicparam else elseif end enum exit filter \
            finally for foreach from function hidden if in param process return static switch throw trap \
            try until using while",
        any_case: true,
        word: "$-",
        ..SCRIPT
    },
    Grammar {
        names: "batch bat batchfile cmd dosbatch winbatch",
        line_comments: &["::", "rem ", "REM ", "Rem "],
        quotes: &[DOUBLE],
        keywords: "call cd copy defined del do echo else endlocal errorlevel exist exit for goto if in not \
            pause set setlocal shift start type",
        any_case: true,
        ..PLAIN
    },
    Grammar {
        names: "perl pl pm cperl",
        spaced: true,
        block_comments: &[("=pod", "=cut"), ("=head1", "=cut")],
        quotes: &[
            lines("\"", "\""),
            lines("'", "'"),
            lines("qw(", ")"),
            lines("qq{", "}"),
            lines("qq(", ")"),
            lines("q{", "}"),
            lines("q(", ")"),
            lines("qr/", "/"),
            lines("m/", "/"),
        ],
        heres: &["<<~", "<<"],
        keywords: "and bless cmp defined delete die do each else elsif eq eval exists for foreach ge given \
            grep gt if keys last le local lt map my ne next no not or our package print push qw redo \
            require return say shift sort splice sub undef unless until unshift use values when while",
        word: "$",
        ..SCRIPT
    },
    Grammar {
        names: "lua luau",
        line_comments: &["--"],
        block_comments: &[("--[[", "]]"), ("--[=[", "]=]")],
        raws: &[Raw::Lua],
        keywords: "and break do else elseif end false for function goto if in local nil not or repeat \
            return self then true until while",
        ..PLAIN
    },
    Grammar {
        names: "r rscript splus",
        keywords: "break else FALSE for function if in Inf library NA NaN next NULL repeat require return \
            TRUE while",
        types: "character complex data.frame double factor integer list logical matrix numeric",
        word: ".",
        ..SCRIPT
    },
    Grammar {
        names: "julia jl",
        block_comments: &[("#=", "=#")],
        nested: true,
        quotes: &[TRIPLE, DOUBLE],
        raws: &[Raw::Character],
        prefixes: "r raw v b",
        keywords: "abstract baremodule begin break catch const continue do else elseif end export false \
            finally for function global if import in isa let local macro missing module mutable nothing \
            primitive quote return struct true try type using where while",
        capitals: true,
        word: "!",
        annotation: Some('@'),
        symbol: Some(':'),
        ..SCRIPT
    },
    Grammar {
        names: "matlab octave",
        line_comments: &["%"],
        block_comments: &[("%{", "%}")],
        quotes: &[quote("'", "'"), DOUBLE],
        keywords: "break case catch classdef continue else elseif end false for function global if inf nan \
            otherwise parfor persistent properties return switch true try while",
        ..PLAIN
    },
    Grammar {
        names: "awk gawk mawk nawk",
        quotes: &[DOUBLE],
        keywords: "BEGIN break continue delete do else END exit for function getline if in next print \
            printf return while",
        word: "$",
        patterns: true,
        ..SCRIPT
    },
    Grammar {
        names: "vb vb.net vbnet vb-.net vba vbscript vbs visual-basic visualbasic visual-basic-.net",
        line_comments: &["'", "rem ", "Rem ", "REM "],
        quotes: &[verbatim("\"", "\"")],
        keywords: "addressof and andalso as async await byref byval call case catch class const continue \
            delegate dim do each else elseif end enum erase error event exit explicit false finally for \
            friend function get goto handles if implements imports in inherits interface is isnot let lib \
            like loop me mod module mustinherit mustoverride mybase namespace new next not nothing of on \
            option optional or orelse overridable overrides partial private property protected public \
            raiseevent readonly redim return select set shadows shared static step stop structure sub \
            then throw to true try typeof until using when while with withevents xor yield",
        types: "boolean byte char date decimal double integer long object short single string variant",
        any_case: true,
        ..PLAIN
    },
];
