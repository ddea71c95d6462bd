//! Fields: columns that a pack computes from the row with an expression.

use super::Cx;
use super::source::{Reach, Source, Witness};
use crate::Result;
use crate::expr::{Evaluation, Expr, Program, Vector};
use crate::frame::{Builder, Frame};
use crate::schema::Type;

/// A field ready to be computed.
#[derive(Debug)]
pub struct FieldSource {
    name: String,
    ty: Type,
    reads: Vec<String>,
    program: Program,
    node: crate::expr::NodeId,
    passes_on: Option<String>,
}

impl FieldSource {
    /// A field of a name and expression; `lists` are those its `in_list` may use.
    #[must_use]
    pub fn new<'a>(
        name: &str,
        ty: Type,
        expr: &Expr,
        lists: impl IntoIterator<Item = (&'a str, &'a [String])>,
    ) -> Self {
        let mut program = Program::new(lists);
        let node = program.add(expr);
        let reads = expr.columns().iter().map(|c| c.to_string()).collect();
        Self { name: name.to_owned(), ty, reads, program, node, passes_on: expr.passes_on().map(str::to_owned) }
    }
}

impl Source for FieldSource {
    fn name(&self) -> &str {
        &self.name
    }

    fn makes(&self) -> Vec<&str> {
        vec![&self.name]
    }

    fn passes_on(&self) -> Option<&str> {
        self.passes_on.as_deref()
    }

    fn needs(&self, _: &dyn Fn(&str) -> bool) -> Vec<&str> {
        self.reads.iter().map(String::as_str).collect()
    }

    fn reach(&self) -> Reach {
        Reach::Row
    }

    fn compute(&self, _: &Cx, frame: &mut Frame, _: &dyn Fn(&str) -> bool) -> Result<Option<Box<dyn Witness>>> {
        let mut builder = Builder::new(self.ty, frame.rows());
        let mut start = 0;
        while start < frame.rows() {
            let len = Evaluation::BLOCK.min(frame.rows() - start);
            let evaluation = Evaluation::new(&self.program, frame, start, len);
            append(&mut builder, evaluation.vector(self.node)?, len);
            start += len;
        }
        frame.add(builder.finish(&self.name))?;
        Ok(None)
    }
}

fn append(builder: &mut Builder, vector: &Vector<'_>, len: usize) {
    for row in 0..len {
        vector.push_to(row, builder);
    }
}
