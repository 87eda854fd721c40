//! Languages with C's comments and braces.

use super::super::grammar::{
    C, DOUBLE, Grammar, Quote, Raw, SINGLE, TRIPLE, TRIPLE_SINGLE, lines, quote, verbatim,
    with_hole,
};

const TEMPLATE: Quote = with_hole(lines("`", "`"), "${", "}");
const DOLLAR: Quote = with_hole(DOUBLE, "${", "}");
const DOLLAR_TRIPLE: Quote = with_hole(TRIPLE, "${", "}");

const JAVASCRIPT: Grammar = Grammar {
    names: "javascript js jsx mjs cjs node gjs mongodb mongo",
    quotes: &[DOUBLE, SINGLE, TEMPLATE],
    raws: &[],
    keywords: "async await break case catch class const continue debugger default delete do else export \
        extends false finally for from function get if import in instanceof let new null of return set \
        static super switch this throw true try typeof undefined var void while with yield NaN Infinity",
    word: "$",
    annotation: Some('@'),
    patterns: true,
    tags: true,
    ..C
};

pub(in super::super) const ROWS: &[Grammar] = &[
    JAVASCRIPT,
    Grammar {
        names: "typescript ts tsx mts cts gts typescriptreact",
        keywords: "abstract any as asserts async await break case catch class const continue debugger \
            declare default delete do else enum export extends false finally for from function get if \
            implements import in infer instanceof interface is keyof let module namespace new null of \
            override private protected public readonly return satisfies set static super switch this \
            throw true try type typeof undefined unique var void while with yield NaN Infinity",
        types: "bigint boolean never number object string symbol unknown",
        ..JAVASCRIPT
    },
    Grammar {
        names: "java jsp",
        quotes: &[TRIPLE, DOUBLE],
        keywords: "abstract assert break case catch class continue default do else enum exports extends \
            false final finally for goto if implements import instanceof interface module native new \
            non-sealed null package permits private protected public record requires return sealed static \
            strictfp super switch synchronized this throw throws transient true try var volatile when \
            while yield",
        types: "boolean byte char double float int long short void",
        annotation: Some('@'),
        ..C
    },
    Grammar {
        names: "go golang",
        quotes: &[DOUBLE, verbatim("`", "`")],
        keywords: "break case chan const continue default defer else fallthrough false for func go goto if \
            import interface iota map nil package range return select struct switch true type var",
        types: "any bool byte comparable complex128 complex64 error float32 float64 int int16 int32 int64 \
            int8 rune string uint uint16 uint32 uint64 uint8 uintptr",
        ..C
    },
    Grammar {
        names: "c h",
        directive: Some('#'),
        prefixes: "L u u8 U",
        keywords: "_Alignas _Alignof _Atomic _Generic _Noreturn _Static_assert _Thread_local alignas \
            alignof auto break case const constexpr continue default do else enum extern false for goto if \
            inline NULL nullptr register restrict return sizeof static static_assert struct switch \
            thread_local true typedef typeof union volatile while",
        types: "_Bool bool char double float int int16_t int32_t int64_t int8_t intptr_t long ptrdiff_t \
            short signed size_t ssize_t uint16_t uint32_t uint64_t uint8_t uintptr_t unsigned void wchar_t",
        ..C
    },
    Grammar {
        names: "cpp c++ cc cxx hpp hxx h++ arduino ino cuda cu",
        directive: Some('#'),
        prefixes: "L u u8 U",
        raws: &[Raw::Cpp, Raw::Character],
        keywords: "alignas alignof and asm auto break case catch class co_await co_return co_yield concept \
            const const_cast consteval constexpr constinit continue decltype default delete do \
            dynamic_cast else enum explicit export extern false final for friend goto if import inline \
            module mutable namespace new noexcept not NULL nullptr operator or override private protected \
            public register reinterpret_cast requires return sizeof static static_assert static_cast \
            struct switch template this thread_local throw true try typedef typeid typename union using \
            virtual volatile while",
        types: "bool char char16_t char32_t char8_t double float int int16_t int32_t int64_t int8_t long \
            map ptrdiff_t set short signed size_t ssize_t string string_view uint16_t uint32_t uint64_t \
            uint8_t unsigned vector void wchar_t",
        ..C
    },
    Grammar {
        names: "csharp c# cs dotnet cshtml razor",
        directive: Some('#'),
        quotes: &[
            TRIPLE,
            verbatim("$@\"", "\""),
            verbatim("@$\"", "\""),
            verbatim("@\"", "\""),
            with_hole(quote("$\"", "\""), "{", "}"),
            DOUBLE,
        ],
        keywords: "abstract add as async await base break case catch checked class const continue default \
            delegate do else enum event explicit extern false finally fixed for foreach from get global \
            goto group if implicit in init interface internal into is join let lock nameof namespace new \
            not null operator orderby out override params partial private protected public readonly record \
            ref remove required return sealed select set sizeof stackalloc static struct switch this throw \
            true try typeof unchecked unsafe using value var virtual volatile when where while with yield",
        types: "bool byte char decimal double dynamic float int long nint nuint object sbyte short string \
            uint ulong ushort void",
        ..C
    },
    Grammar {
        names: "rust rs",
        nested: true,
        raws: &[Raw::Rust, Raw::Character],
        quotes: &[lines("\"", "\"")],
        prefixes: "b c",
        keywords: "as async await break const continue crate dyn else enum extern false fn for if impl in \
            let loop macro match mod move mut pub ref return self static struct super trait true type \
            unsafe use where while yield",
        types: "Self bool char f32 f64 i128 i16 i32 i64 i8 isize str u128 u16 u32 u64 u8 usize",
        ..C
    },
    Grammar {
        names: "kotlin kt kts ktm gradle-kotlin gradle-kotlin-dsl",
        nested: true,
        quotes: &[DOLLAR_TRIPLE, DOLLAR],
        keywords: "abstract actual annotation as break by catch class companion const constructor continue \
            crossinline data do dynamic else enum expect external false final finally for fun get if \
            import in infix init inline inner interface internal is it lateinit noinline null object open \
            operator out override package private protected public reified return sealed set super suspend \
            tailrec this throw true try typealias val value var vararg when where while",
        annotation: Some('@'),
        ..C
    },
    Grammar {
        names: "swift",
        nested: true,
        quotes: &[with_hole(TRIPLE, "\\(", ")"), with_hole(DOUBLE, "\\(", ")")],
        raws: &[Raw::Swift],
        directive: Some('#'),
        keywords: "actor any as associatedtype async await break case catch class continue convenience \
            default defer deinit didSet do dynamic else enum extension fallthrough false fileprivate final \
            for func get guard if import in indirect infix init inout internal is lazy let mutating nil \
            nonisolated nonmutating open operator optional override postfix precedencegroup prefix private \
            protocol public repeat required rethrows return self set some static struct subscript super \
            switch throw throws true try typealias unowned var weak where while willSet",
        types: "Self",
        annotation: Some('@'),
        ..C
    },
    Grammar {
        names: "scala sbt",
        nested: true,
        quotes: &[DOLLAR_TRIPLE, DOLLAR],
        prefixes: "f raw s",
        keywords: "abstract case catch class def derives do else end enum export extends extension false \
            final finally for forSome given if implicit import inline lazy match new null object opaque \
            open override package private protected return sealed super then this throw trait true try \
            type using val var while with yield",
        annotation: Some('@'),
        ..C
    },
    Grammar {
        names: "groovy gradle",
        quotes: &[DOLLAR_TRIPLE, TRIPLE_SINGLE, DOLLAR, SINGLE],
        raws: &[],
        keywords: "abstract as assert break case catch class const continue def default do else enum \
            extends false final finally for goto if implements import in instanceof interface native new \
            null package private protected public return static super switch synchronized this throw \
            throws trait transient true try var volatile while",
        types: "boolean byte char double float int long short void",
        annotation: Some('@'),
        ..C
    },
    Grammar {
        names: "dart",
        nested: true,
        quotes: &[
            DOLLAR_TRIPLE,
            with_hole(TRIPLE_SINGLE, "${", "}"),
            DOLLAR,
            with_hole(SINGLE, "${", "}"),
        ],
        raws: &[],
        prefixes: "r",
        keywords: "abstract as assert async await base break case catch class const continue covariant \
            default deferred do else enum export extends extension external factory false final finally \
            for get if implements import in interface is late library mixin new null of on operator part \
            required rethrow return sealed set show static super switch sync this throw true try typedef \
            var when while with yield",
        types: "bool double dynamic int num void",
        annotation: Some('@'),
        ..C
    },
    Grammar {
        names: "objective-c objc objectivec obj-c objective-c++ objc++ mm",
        directive: Some('#'),
        quotes: &[quote("@\"", "\""), DOUBLE],
        keywords: "auto break case const continue default do else enum extern for goto id if in inline nil \
            NO NULL nonatomic return self sizeof static strong struct super switch typedef union volatile \
            weak while YES",
        types: "BOOL CGFloat NSInteger NSUInteger SEL bool char double float int long short signed \
            unsigned void",
        annotation: Some('@'),
        ..C
    },
    Grammar {
        names: "solidity sol",
        quotes: &[DOUBLE, SINGLE],
        raws: &[],
        prefixes: "hex unicode",
        keywords: "abstract anonymous as assembly break calldata case catch constant constructor continue \
            contract default delete do else emit enum error event external fallback false for function if \
            immutable import indexed interface internal is let library mapping memory modifier new \
            override payable pragma private public pure receive return returns revert storage struct \
            super switch this throw true try type unchecked using view virtual while",
        types: "address bool byte bytes bytes32 fixed int int256 string uint uint128 uint16 uint256 uint32 \
            uint64 uint8",
        ..C
    },
    Grammar {
        names: "zig",
        quotes: &[DOUBLE],
        keywords: "align and anyerror break callconv catch comptime const continue defer else enum errdefer \
            error export extern false fn for if inline noalias null opaque or orelse packed pub return \
            struct suspend switch test threadlocal true try undefined union unreachable usingnamespace var \
            volatile while",
        types: "anyopaque anytype bool f32 f64 i16 i32 i64 i8 isize noreturn type u16 u32 u64 u8 usize void",
        annotation: Some('@'),
        ..C
    },
    Grammar {
        names: "protobuf proto protocol-buffer protocol-buffers",
        quotes: &[DOUBLE, SINGLE],
        raws: &[],
        keywords: "enum extend extensions false import map max message oneof option optional package public \
            repeated required reserved returns rpc service stream syntax to true weak",
        types: "bool bytes double fixed32 fixed64 float int32 int64 sfixed32 sfixed64 sint32 sint64 string \
            uint32 uint64",
        ..C
    },
];
