//! What must hold of plane geometry whatever it is given.

mod cuts;
mod shapes;
mod squares;
