//! Markup, data, configuration and queries.

use super::super::grammar::{
    C, DOUBLE, Grammar, PLAIN, Raw, SCRIPT, SINGLE, Shape, TRIPLE, TRIPLE_SINGLE, lines, verbatim,
    with_hole,
};

pub(in super::super) const ROWS: &[Grammar] = &[
    Grammar {
        names: "html xml htm html5 xhtml svg vue vue-html svelte xsd xsl xslt wsdl xaml plist \
            html.handlebars handlebars hbs mustache erb html+erb ejs jinja jinja2 html+django twig astro \
            angular-html mathml maven-pom",
        shape: Shape::Markup,
        ..PLAIN
    },
    Grammar {
        names: "css scss sass less postcss",
        block_comments: &[("/*", "*/")],
        line_comments: &["// "],
        keywords: "and important inherit initial none not only unset auto",
        word: "-",
        annotation: Some('@'),
        symbol: Some('#'),
        key: Some(':'),
        ..PLAIN
    },
    Grammar {
        names: "json jsonc json5 jsonl ndjson json-lines jsonld json-ld geojson json-with-comments \
            webmanifest",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        keywords: "false null true",
        key: Some(':'),
        ..PLAIN
    },
    Grammar {
        names: "yaml yml docker-compose ansible openapi salt",
        spaced: true,
        keywords: "false no null off on true yes",
        word: "-",
        key: Some(':'),
        annotation: Some('&'),
        ..SCRIPT
    },
    Grammar {
        names: "toml",
        quotes: &[TRIPLE, TRIPLE_SINGLE, DOUBLE, verbatim("'", "'")],
        keywords: "false inf nan true",
        word: "-",
        key: Some('='),
        ..SCRIPT
    },
    Grammar {
        names: "ini cfg conf config dosini properties java-properties dotenv env editorconfig \
            editor-config gitconfig git-config systemd desktop",
        line_comments: &["#", ";"],
        spaced: true,
        quotes: &[DOUBLE],
        keywords: "false no off on true yes",
        word: "-",
        key: Some('='),
        ..PLAIN
    },
    Grammar {
        names: "dockerfile docker containerfile",
        spaced: true,
        keywords: "ADD ARG AS CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN \
            SHELL STOPSIGNAL USER VOLUME WORKDIR",
        word: "$-",
        heres: &["<<-", "<<"],
        ..SCRIPT
    },
    Grammar {
        names: "makefile make mak mk mf bsdmake",
        spaced: true,
        keywords: "define else endef endif export ifdef ifeq ifndef ifneq include override undefine unexport \
            vpath",
        word: "$-",
        key: Some(':'),
        ..SCRIPT
    },
    Grammar {
        names: "cmake cmake.in",
        block_comments: &[("#[[", "]]")],
        quotes: &[lines("\"", "\"")],
        keywords: "add_executable add_library add_subdirectory cmake_minimum_required else elseif endforeach \
            endfunction endif endmacro endwhile find_package foreach function if include install macro \
            message option project return set target_compile_options target_include_directories \
            target_link_libraries while",
        any_case: true,
        ..SCRIPT
    },
    Grammar {
        names: "hcl terraform tf opentofu hashicorp-configuration-language terra",
        line_comments: &["#", "//"],
        block_comments: &[("/*", "*/")],
        quotes: &[with_hole(DOUBLE, "${", "}")],
        heres: &["<<-", "<<"],
        keywords: "data dynamic else endif false for if in locals module moved null output provider \
            provisioner resource terraform true variable",
        types: "any bool list map number object set string tuple",
        word: "-",
        key: Some('='),
        ..SCRIPT
    },
    Grammar {
        names: "nginx nginxconf nginx-configuration-file",
        spaced: true,
        keywords: "access_log add_header events error_page http if include index keepalive_timeout limit_req \
            listen location map off on proxy_pass proxy_set_header return rewrite root server server_name \
            ssl_certificate ssl_certificate_key try_files upstream worker_connections worker_processes",
        word: "$-",
        ..SCRIPT
    },
    Grammar {
        names: "sql mysql postgresql postgres plsql plpgsql tsql t-sql sqlite sqlite3 mariadb mssql oracle \
            pgsql hiveql hive bigquery snowflake redshift clickhouse duckdb sparksql",
        line_comments: &["--"],
        block_comments: &[("/*", "*/")],
        nested: true,
        quotes: &[verbatim("'", "'"), verbatim("\"", "\""), verbatim("`", "`")],
        raws: &[Raw::Dollar],
        prefixes: "b B e E n N x X date DATE interval INTERVAL timestamp TIMESTAMP",
        keywords: "add all alter analyze and any as asc auto_increment begin between by case cascade check \
            collate column commit concurrently constraint create cross cube current current_date \
            current_timestamp database declare default delete desc distinct do drop each else elsif end \
            except exception exec execute exists explain false fetch filter first following for foreign \
            from full function generated grant group having identity if ilike in index inner insert \
            instead intersect into is isolation join key language last lateral left level like limit lock \
            loop materialized merge minus natural next no not nothing null nulls of offset on only or \
            order outer over partition preceding primary procedure range read recursive references \
            release rename repeatable replace restrict return returning returns revoke right rollback \
            rollup row rows savepoint schema select sequence serializable set share similar some start \
            table temporary then to top transaction trigger true truncate unbounded uncommitted union \
            unique unnest update using values view when where while window with within work",
        types: "bigint bigserial binary bit blob boolean bytea char character clob date datetime decimal \
            double enum float int integer interval json jsonb money nchar number numeric nvarchar \
            nvarchar2 precision real serial smallint text time timestamp timestamptz tinyint uuid varbinary \
            varchar varchar2 xml",
        any_case: true,
        ..PLAIN
    },
    Grammar {
        names: "cypher",
        line_comments: &["//"],
        block_comments: &[("/*", "*/")],
        keywords: "and as asc by call case create delete desc detach distinct else end exists false foreach \
            in is limit match merge not null on optional or order remove return set skip then true union \
            unwind when where with xor yield",
        any_case: true,
        symbol: Some(':'),
        ..PLAIN
    },
    Grammar {
        names: "graphql gql",
        quotes: &[TRIPLE, DOUBLE],
        keywords: "directive enum extend false fragment implements input interface mutation null on query \
            repeatable scalar schema subscription true type union",
        types: "Boolean Float ID Int String",
        capitals: true,
        annotation: Some('@'),
        word: "$",
        ..SCRIPT
    },
    Grammar {
        names: "diff patch udiff",
        shape: Shape::Diff,
        ..PLAIN
    },
    Grammar {
        names: "asm assembly nasm gas x86asm armasm arm-asm unix-assembly mips mipsasm",
        line_comments: &[";", "#", "//"],
        spaced: true,
        block_comments: &[("/*", "*/")],
        keywords: "add and bl bx call cmp dec div global idiv imul inc int jg jge jl jle jmp jne jnz jz lea \
            ldr loop mov movl mul neg nop not or pop push ret section shl shr str sub syscall test xor",
        types: "al ah ax bx cx dx eax ebp ebx ecx edi edx esi esp r10 r8 r9 rax rbp rbx rcx rdi rdx rsi rsp",
        any_case: true,
        ..PLAIN
    },
    Grammar {
        names: "wgsl glsl hlsl",
        directive: Some('#'),
        quotes: &[DOUBLE, SINGLE],
        raws: &[],
        keywords: "break case const continue default discard do else false fn for if in inout layout let \
            out precision return struct switch true uniform var varying void while",
        types: "bool float int ivec2 ivec3 ivec4 mat2 mat3 mat4 sampler2D uint vec2 vec3 vec4",
        annotation: Some('@'),
        ..C
    },
];
